import type { Mistake } from "../config/reading.ts";

/** Tell every setting that cannot be used, below one sentence that says what did not happen. */
export function sayMistakes(head: string, mistakes: readonly Mistake[]): readonly string[] {
  const count = mistakes.length === 1 ? "One setting" : `${mistakes.length} settings`;
  return [
    `${head} ${count} cannot be used:`,
    ...mistakes.map(
      ({ variable, came, allowed }) => `  ${variable}: came ${came}; allowed is ${allowed}`,
    ),
  ];
}
