/** Anything that came as JSON and is read with care. */
export type Loose = Readonly<Record<string, unknown>>;

const isLoose = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Read JSON text as an object; undefined for anything else, such as text that was cut. */
export function parseLoose(text: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLoose(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Read a member as an object. */
export function objectIn(loose: Loose | undefined, name: string): Loose | undefined {
  const value = loose?.[name];
  return isLoose(value) ? value : undefined;
}

/** Read a member as a list of objects. */
export function listIn(loose: Loose | undefined, name: string): readonly Loose[] {
  const value = loose?.[name];
  return Array.isArray(value) ? value.filter(isLoose) : [];
}

/** Read a member as text; anything else is empty. */
export function textIn(loose: Loose | undefined, name: string): string {
  const value = loose?.[name];
  return typeof value === "string" ? value : "";
}
