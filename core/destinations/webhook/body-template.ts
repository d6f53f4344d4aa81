import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { Liquid } from "liquidjs";
import type { JsonObject } from "../../domain/json.ts";

/** A value that a filter has written as JSON already. */
class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Write a value for its place in JSON. Texts come without quotes, for they stand inside a pair; lists, objects and numbers
 * stand as they are. So nothing in an event can end a string and begin a member.
 */
function forJson(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value instanceof JsonText) return value.text;
  if (typeof value === "string") return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value) ?? "";
}

/**
 * Templates that people write run on our event loop: no files, no prototypes, 50 kB of template, 50 ms, 1 MB. The limits
 * are those of titles, which stopped every attack of LIBRARIES §5.
 */
function engineOf(strict: boolean, write: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: strict,
    lenientIf: true,
    parseLimit: 50_000,
    renderLimit: 50,
    memoryLimit: 1_000_000,
    outputEscape: write,
  });
  engine.registerFilter("json", (value: unknown) => new JsonText(JSON.stringify(value ?? null)));
  return engine;
}

/** A header is one line of visible signs. */
const forHeader = (value: unknown) =>
  (typeof value === "string" || value instanceof JsonText || value === undefined || value === null
    ? forJsonOrText(value)
    : JSON.stringify(value)
  ).replace(/[^\x20-\x7e]+/g, " ");

const forJsonOrText = (value: unknown) => (typeof value === "string" ? value : forJson(value));

const engines = {
  json: { strict: engineOf(true, forJson), lenient: engineOf(false, forJson) },
  header: { strict: engineOf(true, forHeader), lenient: engineOf(false, forHeader) },
} as const;

/** What a template gave, or a code of FEATURES §6.1 with the words of its sentence. */
export type Rendered =
  | { readonly kind: "rendered"; readonly text: string }
  | { readonly kind: "refused"; readonly code: string; readonly detail: string };

/** Run a step again that ran out of time: a pause of the whole process is no fault of a template. */
function onceMore(step: () => unknown): unknown {
  try {
    return step();
  } catch (cause) {
    if (/render limit exceeded/u.test(String(cause))) return step();
    throw cause;
  }
}

/**
 * Fill a template. Strict, a field that the event lacks refuses it; lenient, it is left empty. People who write a
 * template are told; a delivery goes out.
 */
export function renderTemplate(
  template: string,
  scope: JsonObject,
  place: keyof typeof engines,
  strictness: "strict" | "lenient",
): Rendered {
  try {
    const text = onceMore(() => engines[place][strictness].parseAndRenderSync(template, scope));
    return { kind: "rendered", text: String(text) };
  } catch (cause) {
    return refusalOf(cause, place);
  }
}

function refusalOf(cause: unknown, place: keyof typeof engines): Rendered {
  const said = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  const missing = /undefined variable: ([^,\s]+)/.exec(said)?.[1];
  if (missing !== undefined) {
    const where = place === "json" ? "the body" : "a header";
    return { kind: "refused", code: "placeholder_missing", detail: `${missing} in ${where}` };
  }
  return { kind: "refused", code: "template_invalid", detail: said.slice(0, 200) };
}

/** Say where a text is no JSON; undefined when it is. */
export function jsonTrouble(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const mistakes: ParseError[] = [];
    parse(text, mistakes, { disallowComments: true, allowTrailingComma: false });
    const offset = mistakes[0]?.offset ?? 0;
    const before = text.slice(0, offset).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    if (text[offset] === "'") return `${place}: a single quote`;
    return mistakes[0] ? `${place}: ${sayMistake(mistakes[0])}` : place;
  }
}

/** `CommaExpected` as `comma expected`. */
const sayMistake = ({ error }: ParseError) =>
  printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();

/**
 * Say where a template can give no JSON, by line and column of the template itself; undefined when it can.
 *
 * Placeholders are replaced by values of their own length, so that places stay. Where tags stand in it, what they give
 * depends on the event, and nothing is said here.
 */
export function templateTrouble(template: string): string | undefined {
  if (/\{%/.test(template)) return undefined;
  const filled = template.replace(/\{\{[\s\S]*?\}\}/g, (found) =>
    found.replace(/[^\n]/g, " ").replace(" ", "0"),
  );
  return jsonTrouble(filled);
}
