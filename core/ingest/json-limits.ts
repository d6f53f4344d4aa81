import type { Json, JsonObject } from "../domain/json.ts";

/** How deep lists and objects may lie in each other. Whatever reads them later may go down step by step. */
export const deepest = 64;

/** Tell whether a text nests deeper than is read here; for one that is no JSON, before anything else goes into it. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') inText = !inText;
    else if (inText) index += Number(sign === "\\");
    else if (sign === "[" || sign === "{") depth += 1;
    else if (sign === "]" || sign === "}") depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** What is not read here although it is JSON. */
export type Unreadable =
  | { readonly kind: "too_deep" }
  /** `__proto__` is a name: schemas drop it without a word, so it is refused instead. */
  | { readonly kind: "proto"; readonly pointer: string };

/** Find what is not read here in a value that lies so deep. */
export function unreadableIn(value: Json, depth = 1): Unreadable | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > deepest) return { kind: "too_deep" };
  for (const name of Object.keys(value)) {
    if (name === "__proto__") return { kind: "proto", pointer: "/__proto__" };
    const found = unreadableIn((value as JsonObject)[name] as Json, depth + 1);
    if (found?.kind === "proto")
      return { kind: "proto", pointer: `/${escapePointer(name)}${found.pointer}` };
    if (found) return found;
  }
  return undefined;
}

/** Write a name as a part of a JSON pointer. */
export const escapePointer = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
