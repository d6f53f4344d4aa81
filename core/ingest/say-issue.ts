import type { z } from "zod";
import { say } from "../words/say.ts";

const words: Readonly<Record<string, () => string>> = {
  string: () => say`a text`,
  number: () => say`a number`,
  int: () => say`a whole number`,
  boolean: () => say`true or false`,
  array: () => say`a list`,
  object: () => say`a JSON object`,
  record: () => say`a JSON object`,
};

/** What has a length, so that too few of it can be none. */
const countable: ReadonlySet<string> = new Set(["string", "array"]);

/** Say in our words what a schema expected. Where the schema has words of its own, they are said. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return say`expected ${words[issue.expected]?.() ?? issue.expected}`;
    case "invalid_value":
      return say`expected ${issue.values.map((value) => JSON.stringify(value)).join(say` or `)}`;
    case "invalid_union":
      return issue.message === "Invalid input"
        ? say`expected another type of value`
        : issue.message;
    case "too_small":
      return Number(issue.minimum) === 1 && countable.has(issue.origin)
        ? say`may not be empty`
        : say`expected at least ${unitOf(Number(issue.minimum), issue.origin)}`;
    case "too_big":
      return say`expected at most ${unitOf(Number(issue.maximum), issue.origin)}`;
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

function unitOf(count: number, origin: string): string | number {
  if (origin === "string") return say`${count} characters`;
  return origin === "array" ? say`${count} items` : count;
}
