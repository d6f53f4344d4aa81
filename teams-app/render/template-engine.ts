import { createRequire } from "node:module";
import type { JsonObject } from "../../core/domain/json.ts";

/** A template. It may be filled in any number of times. Throws for a syntax error of ours. */
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

// Required, not imported: its types lead to the sources of `adaptivecards`, which strict settings do not compile. And
// its 400 files are loaded for the first card, so that no start waits for them.
const engine = (): Engine => createRequire(import.meta.url)("adaptivecards-templating");

/** Take a template of ours; its first card compiles it. */
export function compileTemplate(template: JsonObject): CardTemplate {
  let compiled: InstanceType<Engine["Template"]> | undefined;
  return {
    expand: (values) => {
      compiled ??= new (engine().Template)(template);
      return compiled.expand({ $root: values });
    },
  };
}
