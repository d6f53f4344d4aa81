import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../../core/domain/json.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import { parseEvent } from "../../../core/ingest/parse-event.ts";
import { compileRules, matchingRules, patternMistakes } from "../../../core/routing/compile.ts";
import { parsePattern } from "../../../core/routing/pattern.ts";
import { ruleSchema } from "../../../core/routing/rule-schema.ts";
import { projectRoot } from "../../fixtures/runner/source-tree.ts";
import { event, organization, start } from "../domain/samples.ts";

interface Example {
  readonly kind: string;
  readonly content: Json;
  /** What the page says right after the block, where it quotes something. */
  readonly quote: string;
  readonly line: number;
}

/** Every JSON block of the page, in order. A block without a kind is one that nobody would check. */
function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/```json([^\n]*)\n([\s\S]*?)\n```\n(?:\n> ([^\n]*))?/g)].map(
    (match) => ({
      kind: match[1]?.trim() ?? "",
      content: JSON.parse(match[2] ?? "") as Json,
      quote: match[3] ?? "",
      line: page.slice(0, match.index).split("\n").length,
    }),
  );
}

const page = readFileSync(join(projectRoot, "core/routing/RULES.md"), "utf8");
const examples = examplesOf(page);

/** The rule that an example event stands under: the one printed last before it. */
function ruleBefore(index: number): Rule {
  const written = examples.slice(0, index + 1).findLast(({ kind }) => kind === "rule");
  if (!written) throw new Error("the example stands under no rule");
  return ruleSchema.parse(written.content) as Rule;
}

function takes(rule: Rule, content: JsonObject): boolean {
  const read = parseEvent(content, "");
  if (read.kind === "invalid") throw new Error(JSON.stringify(read.errors));
  const set = { id: "s", organization, revision: 1, version: 1, author: "", savedAt: start };
  const sample = { ...event, ...read.draft, subject: read.draft.subject ?? "" };
  return matchingRules(compileRules({ ...set, rules: [rule] }), sample).length === 1;
}

describe("RULES.md", () => {
  it("shows rules, events on both sides of them, and mistakes, and nothing else", () => {
    const kinds = new Set(examples.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(["rule", "takes", "leaves", "mistake"]));
    expect(page.match(/^```/gm)).toHaveLength(examples.length * 2);
  });

  it.each(examples.map((example, index) => [example.line, example.kind, example, index] as const))(
    "is right at line %d: %s",
    (_, kind, { content, quote }, index) => {
      if (!isJsonObject(content)) throw new Error("an example is a JSON object");
      if (kind === "mistake") {
        const told = parsePattern(content).mistakes;
        expect(told.map(({ pointer, message }) => `\`${pointer}\`: ${message}`)).toEqual([quote]);
        return;
      }
      const rule = ruleBefore(index);
      if (kind === "rule") expect(patternMistakes([rule])).toEqual([]);
      else expect(takes(rule, content)).toBe(kind === "takes");
    },
  );

  it("shows every rule with an event that it takes and one that it leaves", () => {
    const parts = examples
      .map(({ kind }) => kind)
      .join(" ")
      .split("mistake")[0]
      ?.split("rule")
      .slice(1);
    expect(parts?.length).toBeGreaterThan(8);
    for (const part of parts ?? []) {
      expect(part).toContain("takes");
      expect(part).toContain("leaves");
    }
  });
});
