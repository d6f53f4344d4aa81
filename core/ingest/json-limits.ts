import { isJsonObject, type Json } from "../domain/json.ts";

/** How deep lists and objects may lie in each other. Whatever reads them later may go down step by step. */
export const deepest = 64;

/** Tell whether a text nests deeper than is read here, before anything has parsed it. */
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

/** Find where `__proto__` is a name: schemas drop it without a word, so it is refused instead. */
export function pointerToProto(value: Json): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isJsonObject(value) && Object.hasOwn(value, "__proto__")) return "/__proto__";
  for (const [name, below] of Object.entries(value)) {
    const found = pointerToProto(below as Json);
    if (found !== undefined) return `/${escapePointer(name)}${found}`;
  }
  return undefined;
}

/** Write a name as a part of a JSON pointer. */
export const escapePointer = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
