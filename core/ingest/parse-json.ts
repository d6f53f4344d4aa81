import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { Json } from "../domain/json.ts";
import type { Problem } from "../domain/problem.ts";
import { deepest, nestsTooDeep, unreadableIn } from "./json-limits.ts";

/**
 * Read JSON. What is not JSON is answered with the line and column of the first mistake, both counted from 1.
 *
 * What was read nests at most 64 deep and has no name that our schemas would drop.
 */
export function parseJson(
  text: string,
):
  | { readonly kind: "read"; readonly value: Json }
  | { readonly kind: "refused"; readonly problem: Problem } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { kind: "refused", problem: nestsTooDeep(text) ? tooDeep : problemOf(text) };
  }
  const found = unreadableIn(value);
  if (!found) return { kind: "read", value };
  const problem = found.kind === "too_deep" ? tooDeep : nameRefused(found.pointer);
  return { kind: "refused", problem };
}

const tooDeep: Problem = {
  status: 400,
  code: "json_too_deep",
  title: "The JSON nests too deep",
  detail: `Lists and objects may lie in each other ${deepest} deep.`,
  hint: "Send a flatter form, or a link in place of the content.",
};

const nameRefused = (pointer: string): Problem => ({
  status: 400,
  code: "json_name_refused",
  title: "A name in the JSON cannot be kept",
  detail: 'The name "__proto__" means something else to many programs.',
  hint: "Give that member another name.",
  errors: [{ pointer, message: "expected another name" }],
});

function problemOf(text: string): Problem {
  const mistakes: ParseError[] = [];
  parse(text, mistakes, { disallowComments: true, allowTrailingComma: false });
  const offset = mistakes[0]?.offset ?? 0;
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const singleQuote = text[offset] === "'";
  return {
    status: 400,
    code: "json_invalid",
    title: "The body is not JSON",
    detail:
      text.trim() === ""
        ? "The body is empty; a JSON object or list was expected."
        : `The JSON breaks at line ${line}, column ${column}${reasonOf(mistakes[0])}.`,
    hint: singleQuote
      ? "Texts and names need double quotes in JSON, not single ones."
      : "Correct that place and send it again.",
    errors: [{ pointer: "", message: `line ${line}, column ${column}` }],
  };
}

/** `CommaExpected` as `: comma expected`. */
function reasonOf(mistake: ParseError | undefined): string {
  if (!mistake) return "";
  const words = printParseErrorCode(mistake.error).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  return `: ${words.toLowerCase()}`;
}
