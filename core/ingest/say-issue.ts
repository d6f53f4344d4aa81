import type { z } from "zod";

const words: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object",
  record: "a JSON object",
};

/** Say in our words what a schema expected. Where the schema has words of its own, they are said. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${words[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "invalid_union":
      return issue.message === "Invalid input" ? "expected another type of value" : issue.message;
    case "too_small":
      return Number(issue.minimum) === 1
        ? "may not be empty"
        : `expected at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

const unitOf = (origin: string) =>
  origin === "string" ? " characters" : origin === "array" ? " items" : "";
