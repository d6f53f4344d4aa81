/** What a method of the Web API answers, before it is written as JSON. */
export type Answer =
  | { readonly kind: "ok"; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "error";
      readonly error: string;
      readonly details?: readonly string[];
      readonly fields?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "limited"; readonly retryAfter: number };

/** Answer that it was done. */
export const ok = (fields: Readonly<Record<string, unknown>> = {}): Answer => ({
  kind: "ok",
  fields,
});

/** Answer with Slack's name of an error. */
export const refuse = (error: string, details?: readonly string[]): Answer => ({
  kind: "error",
  error,
  ...(details === undefined ? {} : { details }),
});

/** Read an argument that must be a text; anything else is none. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Read an argument that is true, in JSON or in a form. */
export const isTrue = (value: unknown): boolean => value === true || value === "true";
