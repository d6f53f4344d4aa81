import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";

/** A draft, or the sentence that says what is wrong with what was typed. */
export type Drafted<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly wrong: string };

/**
 * Lay `k=v` overrides over the data of an event.
 *
 * A key is a path with dots (`service.name`, `steps.0`); a value that is JSON is taken as that, anything else as text. A
 * number is text where a text stood: the version 1.10 is not 1.1.
 */
export function overrideFields(start: JsonObject, pairs: readonly string[]): Drafted<JsonObject> {
  let value: Json = start;
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const path = pair.slice(0, Math.max(at, 0)).split(".");
    if (at < 1 || path.some((name) => name === "" || name === "__proto__")) {
      return {
        ok: false,
        wrong: `--data ${pair} is not understood. Write it like --data environment=production.`,
      };
    }
    const typed = pair.slice(at + 1);
    const to = parseLoosely(typed);
    value = setAt(value, path, (before) =>
      typeof before === "string" && typeof to === "number" ? typed : to,
    );
  }
  return { ok: true, value: value as JsonObject };
}

/** Read the data of an event from a file's text: one JSON object. */
export function parseFields(text: string, from: string): Drafted<JsonObject> {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return { ok: true, value };
    return { ok: false, wrong: `${from} must hold one JSON object: the data of the event.` };
  } catch (error) {
    return { ok: false, wrong: `${from} is not JSON: ${(error as SyntaxError).message}.` };
  }
}

function parseLoosely(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function setAt(
  value: Json | undefined,
  path: readonly string[],
  to: (before: Json | undefined) => Json,
): Json {
  const [name, ...deeper] = path;
  if (name === undefined) return to(value);
  if (Array.isArray(value) && /^\d{1,4}$/.test(name)) {
    const copy = [...value] as Json[];
    copy[Math.min(Number(name), copy.length)] = setAt(value[Number(name)], deeper, to);
    return copy;
  }
  const object = value !== undefined && isJsonObject(value) ? value : {};
  return {
    ...object,
    [name]: setAt(Object.hasOwn(object, name) ? object[name] : undefined, deeper, to),
  };
}
