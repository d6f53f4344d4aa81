import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { Json } from "../domain/json.ts";
import type { Problem } from "../domain/problem.ts";

/** Read JSON. What is not JSON is answered with the line and column of the first mistake, both counted from 1. */
export function parseJson(
  text: string,
):
  | { readonly kind: "read"; readonly value: Json }
  | { readonly kind: "refused"; readonly problem: Problem } {
  try {
    return { kind: "read", value: JSON.parse(text) as Json };
  } catch {
    return { kind: "refused", problem: problemOf(text) };
  }
}

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
