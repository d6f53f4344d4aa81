/** Any value that JSON can say. What producers send is this and nothing more until a schema has read it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Tell whether this is a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Write JSON with its names in order, so that equal content has equal bytes, whatever the order it came in. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(inOrder(value));
}

/** The same value with the names of every object in one order. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJsonObject(value)) return value;
  const ordered: Record<string, Json> = {};
  for (const name of Object.keys(value).sort()) {
    const member = inOrder(value[name] as Json);
    if (name !== "__proto__") ordered[name] = member;
    else Object.defineProperty(ordered, name, { value: member, enumerable: true });
  }
  return ordered;
}

/** Read the value at a JSON pointer (RFC 6901) through objects; undefined where there is none. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  const names = pointer.split("/").slice(1);
  return names.reduce<Json | undefined>((from, part) => {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    return isJsonObject(from) && Object.hasOwn(from, name) ? from[name] : undefined;
  }, value);
}
