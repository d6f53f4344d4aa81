import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import type { JsonObject } from "../domain/json.ts";
import { say } from "../words/say.ts";

/** The condition of a rule, ready to ask; undefined in `condition` where the text is a mistake. */
export type ReadCondition =
  | { readonly kind: "condition"; readonly condition: Condition }
  | { readonly kind: "mistake"; readonly message: string };

/** What an event comes to: the condition holds, or does not, or cannot be asked of this event. */
export type Asked =
  | { readonly kind: "holds" | "fails" }
  | { readonly kind: "error"; readonly message: string };

export type Condition = (content: JsonObject) => Asked;

/** The longest condition, in characters. */
const mostCharacters = 1_000;

/**
 * Far more than a condition that a person reads takes, and far less than one that stalls the hub. Nothing in CEL runs
 * without end; what grows fast is one walk through a list inside another, and regular expressions.
 */
const limits = {
  maxAstNodes: 300,
  maxDepth: 30,
  maxListElements: 200,
  maxMapEntries: 50,
  maxCallArguments: 8,
} as const;

const environment = new Environment({ limits }).registerVariable("event", "map");

/** Read a CEL condition over the event: `event.data.amount > 1000.0`. */
export function readCondition(text: string): ReadCondition {
  const mistake = (message: string) => ({ kind: "mistake", message }) as const;
  if (text.length > mostCharacters) {
    return mistake(
      say`A condition has ${mostCharacters} characters at most; this one ${text.length}.`,
    );
  }
  const { valid, type, error } = environment.check(text);
  if (!valid) return mistake(`${firstLine(error)}${sayPlace(error)}.`);
  if (type !== "bool" && type !== "dyn")
    return mistake(say`A condition is true or false, not ${String(type)}.`);
  const ask = environment.parse(text);
  const forbidden = findForbidden(ask.ast, false);
  if (forbidden) return mistake(forbidden);
  return {
    kind: "condition",
    condition: (content) => {
      try {
        const answer: unknown = ask({ event: content });
        if (typeof answer === "boolean") return { kind: answer ? "holds" : "fails" };
        return { kind: "error", message: say`it is neither true nor false` };
      } catch (cause) {
        return { kind: "error", message: firstLine(cause) };
      }
    },
  };
}

const firstLine = (cause: unknown) =>
  cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);

function sayPlace(cause: unknown): string {
  if (typeof cause !== "object" || cause === null || !("range" in cause)) return "";
  const { range } = cause as { readonly range?: { readonly start: number } };
  return range ? say`, at place ${range.start + 1}` : "";
}

/** The methods of CEL that walk through a list. */
const walks: ReadonlySet<unknown> = new Set(["all", "exists", "exists_one", "map", "filter"]);

function findForbidden(node: ASTNode, inWalk: boolean): string | undefined {
  const isCall = node.op === "call" || node.op === "rcall";
  const name = isCall ? (node.args as readonly unknown[])[0] : undefined;
  if (name === "matches") {
    return say`matches is not allowed: a regular expression can stall the hub. Use startsWith, endsWith or contains.`;
  }
  const isWalk = node.op === "rcall" && walks.has(name);
  if (isWalk && inWalk)
    return say`A walk through a list (${String(name)}) does not stand inside another.`;
  return nodesIn(node.args)
    .map((below) => findForbidden(below, inWalk || isWalk))
    .find((found) => found !== undefined);
}

function nodesIn(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === "object" && args !== null && "op" in args ? [args as ASTNode] : [];
}
