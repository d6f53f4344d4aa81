import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";

/** Read an object; what is none has no fields. */
export const object = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** Read a text that says something. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A field to spread, where there is a value for it. */
export const given = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: string };
