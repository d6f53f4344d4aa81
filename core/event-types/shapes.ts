import type { JsonObject } from "../domain/json.ts";

/** Pieces of the schemas of the catalogue's own types. */
export const text = { type: "string" } as const;
export const number = { type: "number" } as const;
export const count = { type: "integer", minimum: 0 } as const;
export const yesNo = { type: "boolean" } as const;
export const time = { type: "string", format: "date-time" } as const;
export const day = { type: "string", format: "date" } as const;
export const texts = { type: "array", items: text } as const;
export const object = { type: "object" } as const;

type Piece = JsonObject & { readonly type: string | readonly string[] };

/** The schema of `data`: members that must be there, and members that may be, or be null. Others are let in. */
export function members(
  required: Readonly<Record<string, Piece>>,
  optional: Readonly<Record<string, Piece>> = {},
): JsonObject {
  const orNull = ([name, piece]: [string, Piece]) => [
    name,
    { ...piece, type: [piece.type, "null"].flat() },
  ];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { ...required, ...Object.fromEntries(Object.entries(optional).map(orNull)) },
    required: Object.keys(required),
  };
}

/** A time in a text, in UTC; nothing where the event has none. */
export const timeText = (path: string) => `{{ ${path} | date: "%-d %b %Y, %H:%M UTC" }}`;
/** A day in a text. */
export const dayText = (path: string) => `{{ ${path} | date: "%-d %b %Y" }}`;
/** A list in a text. */
export const listText = (path: string) => `{{ ${path} | join: ", " }}`;

/** When the samples of the catalogue were sent, as it were. */
export const sampledAt = "2026-03-02T09:00:00Z";
