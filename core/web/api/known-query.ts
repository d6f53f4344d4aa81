import type { RequestHandler } from "express";
import { nearestName } from "../../domain/nearest-name.ts";
import { sendProblem } from "../problem.ts";
import { wrongParameters } from "./lists.ts";
import { operations } from "./operations.ts";

/**
 * Refuse a query parameter that the operation does not take, or that came twice. Ignored, `?status=open` would list what
 * is closed too, and `?dryrun=true` would do what was only to be tried. Stands in a route.
 */
export const refuseUnknownQuery: RequestHandler = (request, response, next) => {
  const asked = Object.entries(request.query);
  if (asked.length === 0) return next();
  const known = parametersOf(request.method, (request.route as { path: string }).path);
  const errors = asked.flatMap(([name, value]) => {
    const message = mistakeIn(name, value, known);
    return message === undefined ? [] : [{ pointer: `?${name}`, message }];
  });
  if (errors.length === 0) next();
  else sendProblem(response, wrongParameters(errors));
};

/** What the document says of a route; the server answers HEAD as GET. */
function parametersOf(asked: string, route: string): readonly string[] {
  const method = asked === "HEAD" ? "get" : asked.toLowerCase();
  const path = route.replaceAll(/:(\w+)/g, "{$1}");
  return operations.find((one) => one.method === method && one.path === path)?.query ?? [];
}

function mistakeIn(name: string, value: unknown, known: readonly string[]): string | undefined {
  if (known.includes(name)) return Array.isArray(value) ? "expected it once" : undefined;
  const near = nearestName(name, known);
  if (near !== undefined) return `unknown parameter; did you mean "${near}"?`;
  const taken = known.length === 0 ? "this call takes none" : `there are ${known.join(", ")}`;
  return `unknown parameter; ${taken}`;
}
