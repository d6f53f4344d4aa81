import type { ErrorObject } from "ajv/dist/2020.js";
import { isJsonObject } from "../domain/json.ts";
import { nearestName } from "../domain/nearest-name.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { say } from "../words/say.ts";

const words: Readonly<Record<string, () => string>> = {
  string: () => say`a text`,
  number: () => say`a number`,
  integer: () => say`a whole number`,
  boolean: () => say`true or false`,
  array: () => say`a list`,
  object: () => say`a JSON object`,
  null: () => say`null`,
};

const formatWords: Readonly<Record<string, () => string>> = {
  "date-time": () => say`a time as RFC 3339, such as 2026-01-31T14:02:00Z`,
  date: () => say`a day, such as 2026-01-31`,
  time: () => say`a time of day, such as 14:02:00Z`,
  email: () => say`an e-mail address`,
  uri: () => say`an address`,
  uuid: () => say`a UUID`,
};

/** Say where data does not fit its schema: the place, what was expected there, and what came. */
export function sayMismatch(error: ErrorObject, data: unknown): ProblemAt {
  const { instancePath, keyword, params, data: got } = error;
  const expected = expectedBy(keyword, params, error);
  if (keyword === "required") {
    const missing = String(params["missingProperty"]);
    const near = isJsonObject(got) ? nearestName(missing, Object.keys(got)) : undefined;
    const meant = near === undefined ? "" : say`; did you mean it by "${near}"?`;
    return {
      pointer: `${instancePath}/${missing.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      message: say`expected ${wantedAs(error, missing)}, got nothing${meant}`,
    };
  }
  const shown = instancePath === "" ? data : got;
  return { pointer: instancePath, message: say`expected ${expected}, got ${sayGot(shown)}` };
}

/** What a missing member should have been, where its schema says so. */
function wantedAs({ parentSchema }: ErrorObject, name: string): string {
  const properties: unknown = parentSchema?.["properties"];
  const schema = isJsonObject(properties) ? properties[name] : undefined;
  const type = isJsonObject(schema) ? schema["type"] : undefined;
  const format = isJsonObject(schema) ? schema["format"] : undefined;
  return typeof format === "string" && Object.hasOwn(formatWords, format)
    ? String(formatWords[format]?.())
    : typeof type === "string" || Array.isArray(type)
      ? typeWords(type as string | readonly string[])
      : say`a value`;
}

const typeWords = (types: string | readonly string[]) =>
  [types]
    .flat()
    .map((type) => words[type]?.() ?? type)
    .join(say` or `);

function expectedBy(
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  { message = "another value" }: ErrorObject,
): string {
  const limit = Number(params["limit"]);
  switch (keyword) {
    case "type":
      return typeWords(params["type"] as string | readonly string[]);
    case "format":
      return (
        formatWords[String(params["format"])]?.() ?? say`the format ${String(params["format"])}`
      );
    case "enum":
      return (params["allowedValues"] as readonly unknown[])
        .slice(0, 10)
        .map((value) => JSON.stringify(value))
        .join(say` or `);
    case "const":
      return JSON.stringify(params["allowedValue"]);
    case "minimum":
      return say`at least ${limit}`;
    case "maximum":
      return say`at most ${limit}`;
    case "minLength":
      return say`at least ${say`${limit} characters`}`;
    case "maxLength":
      return say`at most ${say`${limit} characters`}`;
    case "minItems":
      return say`at least ${say`${limit} items`}`;
    case "maxItems":
      return say`at most ${say`${limit} items`}`;
    case "pattern":
      return say`a text that fits ${String(params["pattern"])}`;
    case "additionalProperties":
      return say`no member "${String(params["additionalProperty"])}"`;
    case "oneOf":
    case "anyOf":
      return say`one of the forms that the schema lists`;
    default:
      return say`that it ${message}`;
  }
}

/** What came, short enough for a line. */
function sayGot(value: unknown): string {
  if (Array.isArray(value)) return say`a list of ${value.length}`;
  if (isJsonObject(value)) return say`a JSON object`;
  const text = JSON.stringify(value) ?? say`nothing`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
