import type { z } from "zod";

/** One operation of the API, as the document tells it. The test compares this table with the routes that answer. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly summary: string;
  readonly body?: { readonly types: readonly string[]; readonly schema: z.ZodType };
  readonly query?: readonly string[];
  readonly headers?: readonly string[];
  readonly answer: { readonly status: number; readonly schema?: z.ZodType; readonly type?: string };
  /** Statuses that the operation may be refused with. */
  readonly refusals: readonly number[];
}
