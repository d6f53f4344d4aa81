import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { canonicalJson, type JsonObject } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { linearRegExp } from "./pattern.ts";
import { sayMismatch } from "./say-mismatch.ts";
import { schemaMistakes } from "./schema-limits.ts";

/** Says where data does not fit a schema, with pointers into the data; empty where it fits. */
export type Validator = (data: JsonObject) => readonly ProblemAt[];

export type Compiled =
  | { readonly kind: "compiled"; readonly validate: Validator }
  | { readonly kind: "unfit"; readonly errors: readonly ProblemAt[] };

/** Formats that a schema may name; an unknown one is a mistake in the schema. */
const formats = [
  ...(["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6"] as const),
  ...(["uri", "uuid"] as const),
];

/** More mistakes than this are not told. */
const mostTold = 20;

/**
 * Make a validator of a JSON Schema 2020-12, or say what is wrong with the schema.
 *
 * What fits is checked until the first mistake only; all mistakes are looked for in what does not fit and is small, so
 * that a large one costs no more than its reading.
 */
export function compileSchema(schema: JsonObject): Compiled {
  const errors = schemaMistakes(schema);
  if (errors.length > 0) return { kind: "unfit", errors };
  try {
    const first = compile(schema, false);
    let all: ValidateFunction | undefined;
    const validate: Validator = (data) => {
      if (first(data)) return [];
      if (!isSmall(data)) return say(first.errors ?? [], data);
      all ??= compile(schema, true);
      all(data);
      return say(all.errors ?? [], data);
    };
    return { kind: "compiled", validate };
  } catch (cause) {
    return { kind: "unfit", errors: [mistakeOf(cause)] };
  }
}

/** Compile with an engine that stays: it has read the schema of schemas, and forgets this one. */
function compile(schema: JsonObject, allErrors: boolean): ValidateFunction {
  const key = allErrors ? "all" : "first";
  engines[key] ??= makeEngine(allErrors);
  const engine = engines[key];
  try {
    return engine.compile(schema);
  } finally {
    engine.removeSchema(schema);
  }
}

const engines: { first?: Ajv2020; all?: Ajv2020 } = {};

function makeEngine(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    // What ajv calls strict of these refuses schemas that are right.
    ...{ strictTypes: false, strictRequired: false, strictTuples: false, allowUnionTypes: true },
    allErrors,
    // A member that data inherits is not one that its sender wrote.
    ownProperties: true,
    verbose: true,
    code: { regExp: linearRegExp },
    logger: false,
  });
  addFormats.default(ajv, { mode: "fast", formats: [...formats] });
  return ajv;
}

const say = (errors: readonly ErrorObject[], data: JsonObject) =>
  errors
    .filter(({ keyword }) => keyword !== "if")
    .slice(0, mostTold)
    .map((error) => sayMismatch(error, data));

/** Small enough to be read to its end for mistakes: some thousand members. */
const isSmall = (data: JsonObject) => JSON.stringify(data).length <= 65_536;

/** What ajv says of a schema that it does not take; it names the place only for what its own schema knows. */
function mistakeOf(cause: unknown): ProblemAt {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [, pointer = "", said = text] =
    /^schema is invalid: data(\/\S*)? (.*?)(?:, data|$)/s.exec(text) ?? [];
  return { pointer, message: said.replace(/^strict mode: /, "") };
}

/** Schemas that are compiled already, oldest first. */
const compiled = new Map<string, Compiled>();
const mostCompiled = 500;

/** The validator of a type, compiled once for each name, version and schema. */
export function validatorOf(type: {
  readonly name: string;
  readonly version: number;
  readonly schema: JsonObject;
}): Compiled {
  const key = `${type.name} ${type.version} ${canonicalJson(type.schema)}`;
  const known = compiled.get(key);
  if (known) return known;
  const fresh = compileSchema(type.schema);
  compiled.set(key, fresh);
  const [oldest] = compiled.keys();
  if (compiled.size > mostCompiled && oldest !== undefined) compiled.delete(oldest);
  return fresh;
}
