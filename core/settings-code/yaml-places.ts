import type { Document } from "yaml";

/** Where the thing that a pointer names begins, its name where it has one; where it is missing, the nearest around it. */
export function offsetOf(document: Document.Parsed, pointer: string): number {
  const path = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (let depth = path.length; depth > 0; depth -= 1) {
    const steps = path.slice(0, depth).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const found: unknown = document.getIn(steps, true);
    if (typeof found === "object" && found !== null && "range" in found) {
      const { range } = found as { readonly range?: readonly number[] | null };
      if (range?.[0] !== undefined) return range[0];
    }
  }
  return 0;
}
