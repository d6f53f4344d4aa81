import type { ErrorObject } from "ajv/dist/2020.js";
import { isJsonObject } from "../domain/json.ts";
import { nearestName } from "../domain/nearest-name.ts";
import type { ProblemAt } from "../domain/problem.ts";

const words: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object",
  null: "null",
};

const formatWords: Readonly<Record<string, string>> = {
  "date-time": "a time as RFC 3339, such as 2026-01-31T14:02:00Z",
  date: "a day, such as 2026-01-31",
  time: "a time of day, such as 14:02:00Z",
  email: "an e-mail address",
  uri: "an address",
  uuid: "a UUID",
};

/** Say where data does not fit its schema: the place, what was expected there, and what came. */
export function sayMismatch(error: ErrorObject, data: unknown): ProblemAt {
  const { instancePath, keyword, params, data: got } = error;
  const expected = expectedBy(keyword, params, error);
  if (keyword === "required") {
    const missing = String(params["missingProperty"]);
    const near = isJsonObject(got) ? nearestName(missing, Object.keys(got)) : undefined;
    const meant = near === undefined ? "" : `; did you mean it by "${near}"?`;
    return {
      pointer: `${instancePath}/${missing.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      message: `expected ${wantedAs(error, missing)}, got nothing${meant}`,
    };
  }
  const shown = instancePath === "" ? data : got;
  return { pointer: instancePath, message: `expected ${expected}, got ${sayGot(shown)}` };
}

/** What a missing member should have been, where its schema says so. */
function wantedAs({ parentSchema }: ErrorObject, name: string): string {
  const properties: unknown = parentSchema?.["properties"];
  const schema = isJsonObject(properties) ? properties[name] : undefined;
  const type = isJsonObject(schema) ? schema["type"] : undefined;
  const format = isJsonObject(schema) ? schema["format"] : undefined;
  return typeof format === "string" && Object.hasOwn(formatWords, format)
    ? String(formatWords[format])
    : typeof type === "string" || Array.isArray(type)
      ? typeWords(type as string | readonly string[])
      : "a value";
}

const typeWords = (types: string | readonly string[]) =>
  [types]
    .flat()
    .map((type) => words[type] ?? type)
    .join(" or ");

function expectedBy(
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  { message = "another value" }: ErrorObject,
): string {
  switch (keyword) {
    case "type":
      return typeWords(params["type"] as string | readonly string[]);
    case "format":
      return formatWords[String(params["format"])] ?? `the format ${params["format"]}`;
    case "enum":
      return (params["allowedValues"] as readonly unknown[])
        .slice(0, 10)
        .map((value) => JSON.stringify(value))
        .join(" or ");
    case "const":
      return JSON.stringify(params["allowedValue"]);
    case "minimum":
      return `at least ${params["limit"]}`;
    case "maximum":
      return `at most ${params["limit"]}`;
    case "minLength":
      return `at least ${params["limit"]} characters`;
    case "maxLength":
      return `at most ${params["limit"]} characters`;
    case "minItems":
      return `at least ${params["limit"]} items`;
    case "maxItems":
      return `at most ${params["limit"]} items`;
    case "pattern":
      return `a text that fits ${params["pattern"]}`;
    case "additionalProperties":
      return `no member "${params["additionalProperty"]}"`;
    case "oneOf":
    case "anyOf":
      return "one of the forms that the schema lists";
    default:
      return `that it ${message}`;
  }
}

/** What came, short enough for a line. */
function sayGot(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return "a JSON object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
