import type { Problem } from "../../domain/problem.ts";

/** Say that there is no such thing, in the same words whether it is missing or somebody else's. */
export function notFound(what: string): Problem {
  return {
    status: 404,
    code: "not_found",
    title: `There is no such ${what}`,
    detail: `No ${what} of this id can be read with this key.`,
    hint: "Check the id, and that the key belongs to the producer that owns it.",
  };
}
