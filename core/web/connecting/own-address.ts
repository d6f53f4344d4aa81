import type { AddressVerdict } from "../pages/setup-parts.tsx";

/** Judge whether platforms reach the hub at the address that it was given. */
export function judgeAddress(publicUrl: string | undefined): AddressVerdict {
  if (publicUrl === undefined) return "not_set";
  return publicUrl.startsWith("https:") ? "public" : "this_machine";
}

/** How long our own address may take to answer us. */
const reachMs = 3_000;

/** Ask our own address whether it is us; answers what went wrong. */
export async function troubleReaching(url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(reachMs);
    const { status } = await fetch(url, { redirect: "manual", signal });
    return status === 200 ? undefined : `${url} answered ${status}.`;
  } catch (cause) {
    const why = cause instanceof Error ? (cause.cause ?? cause) : cause;
    return `${url}: ${why instanceof Error ? why.message : String(why)}.`;
  }
}
