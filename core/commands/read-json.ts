import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { plainText } from "../log/plain-text.ts";

/** The text or number under a path of names, ready to print; empty where there is none. */
export function textAt(from: Json | undefined, ...path: readonly string[]): string {
  const value = valueAt(from, path);
  return typeof value === "string" || typeof value === "number" ? plainText(String(value)) : "";
}

/** The objects of the list under a path of names; none where there is no list. */
export function objectsAt(
  from: Json | undefined,
  ...path: readonly string[]
): readonly JsonObject[] {
  const value = valueAt(from, path);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The texts of the list under a path of names; none where there is no list. */
export function textsAt(from: Json | undefined, ...path: readonly string[]): readonly string[] {
  const value = valueAt(from, path);
  return Array.isArray(value) ? value.filter((one) => typeof one === "string").map(plainText) : [];
}

/** Say a time of the API in this machine's zone, to the minute; empty where there is none. */
export function timeAt(from: Json | undefined, ...path: readonly string[]): string {
  const at = new Date(String(valueAt(from, path)));
  if (Number.isNaN(at.getTime())) return "";
  return at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

function valueAt(from: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    from,
  );
}
