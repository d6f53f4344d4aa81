/** An object from outside of which nothing is known yet. */
export type Thing = Readonly<Record<string, unknown>>;

const nothing: Thing = {};

/** Read an object; what is none has no fields. */
export const thing = (value: unknown): Thing =>
  typeof value === "object" && value !== null ? (value as Thing) : nothing;

/** Read a text that says something. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A field to spread, where there is a value for it. */
export const given = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: string };
