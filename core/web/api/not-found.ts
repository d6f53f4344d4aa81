import type { Problem } from "../../domain/problem.ts";

/** Say that the hub has no such thing, and by what it was looked for. */
export function notFound(what: string, by: "id" | "name" | "number" = "id"): Problem {
  return {
    status: 404,
    code: "not_found",
    title: `There is no such ${what}`,
    detail: `This hub has no ${what} of this ${by}.`,
    hint: `Check the ${by}.`,
  };
}

/** Say the same of what a producer reads, in the same words whether it is missing or somebody else's. */
export function notFoundOfProducer(what: "approval" | "event"): Problem {
  return {
    ...notFound(what),
    detail: `No ${what} of this id can be read with this key.`,
    hint: "Check the id, and that the key belongs to the producer that owns it.",
  };
}
