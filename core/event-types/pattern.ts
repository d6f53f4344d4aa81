import { RE2JS } from "re2js";

/** The longest pattern, and the longest program that one may become. */
const most = { signs: 500, steps: 2_000 } as const;

/** Say why a pattern cannot be used; undefined where it can. */
export function patternMistake(pattern: string): string | undefined {
  if (pattern.length > most.signs) return `a pattern has at most ${most.signs} characters`;
  try {
    return RE2JS.compile(pattern).programSize() > most.steps
      ? "this pattern repeats too much; make its counts smaller"
      : undefined;
  } catch {
    return "this is not a pattern that is read here: RE2 syntax, without look-around and back-references";
  }
}

/** Patterns for ajv that take linear time whatever is typed. */
export const linearRegExp = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    return {
      test: (text: string) => compiled.matcher(text).find(),
      // By this ajv tells patterns apart.
      toString: () => `linear ${pattern}`,
    };
  },
  // ajv writes this name into code that it generates for use elsewhere; nothing is generated here.
  { code: "linearRegExp" },
);
