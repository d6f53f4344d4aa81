/**
 * Read an address, relative to another if one is given; undefined where it is none.
 *
 * `URL.canParse` is not used: on Node 20, once a function has become hot, it calls every address wrong that has a
 * letter such as ü in it (seen with 20.20.2 after 12,000 calls).
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
