import { createRequire } from "node:module";
import type { JsonObject } from "../../core/domain/json.ts";

/** A compiled template. It may be filled in any number of times. */
export interface CardTemplate {
  expand(values: object): JsonObject;
}

interface Engine {
  readonly Template: new (
    template: JsonObject,
  ) => {
    expand(context: { readonly $root: object }): JsonObject;
  };
}

// Required, not imported: its types lead to the sources of `adaptivecards`, which strict settings do not compile.
const { Template }: Engine = createRequire(import.meta.url)("adaptivecards-templating");

/** Compile a template of ours. Throws for a syntax error, so a wrong template stops the program where it is made. */
export function compileTemplate(template: JsonObject): CardTemplate {
  const compiled = new Template(template);
  return { expand: (values) => compiled.expand({ $root: values }) };
}
