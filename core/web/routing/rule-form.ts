import type { Level } from "../../domain/event.ts";
import { levels } from "../../domain/event.ts";
import { isJsonObject, type JsonObject } from "../../domain/json.ts";
import type { ProblemAt } from "../../domain/problem.ts";
import type { Rule } from "../../domain/rule.ts";
import { parseJson } from "../../ingest/parse-json.ts";
import {
  type ConditionOperator,
  conditionOperators,
  writeConditions,
} from "../../routing/condition-list.ts";
import { readConditions } from "../../routing/read-conditions.ts";
import { readValues, writeValues } from "../../routing/typed-values.ts";
import { say } from "../../words/say.ts";

/** One line of conditions as it was typed. */
export interface FormLine {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly value: string;
}

/** A rule as it stands in the editor: all texts as they were typed, whether they make sense or not. */
export interface RuleForm {
  /** The version of the rules that the draft was made from. */
  readonly version: number;
  /** The name of the rule that is edited; empty for a new one. */
  readonly original: string;
  readonly name: string;
  readonly types: string;
  readonly level: string;
  readonly mode: "lines" | "json";
  readonly joined: "all" | "any";
  readonly lines: readonly FormLine[];
  readonly json: string;
  readonly when: string;
  readonly to: readonly string[];
  readonly policy: string;
  readonly continues: boolean;
  /** The place in the order, counted from 1. */
  readonly place: string;
  readonly description: string;
}

/** What is wrong, by the field at which it is said: `name`, `types`, `line-2`, `json`, `when`, `to`, `policy`, `place`. */
export type FormErrors = ReadonlyMap<string, string>;

type Body = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");

/** Read a posted form. What no form of ours sends counts as left empty. */
export function readForm(body: Body): RuleForm {
  const text = (name: string) => listOf(body[name])[0] ?? "";
  const fields = listOf(body["field"]);
  const operators = listOf(body["operator"]);
  const values = listOf(body["value"]);
  return {
    version: Number(text("version")) || 0,
    original: text("original"),
    name: text("name").trim(),
    types: text("types").trim(),
    level: text("level"),
    mode: text("mode") === "json" ? "json" : "lines",
    joined: text("joined") === "any" ? "any" : "all",
    lines: fields.map((field, at) => ({
      field: field.trim(),
      operator: conditionOperators.find((one) => one === operators[at]) ?? "is",
      value: values[at] ?? "",
    })),
    json: text("json"),
    when: text("when").trim(),
    to: listOf(body["to"]),
    policy: text("policy"),
    continues: text("afterwards") === "continue",
    place: text("place").trim(),
    description: text("description").trim(),
  };
}

/** Fill the form with a rule. A pattern that has no lines is shown as JSON. */
export function formOf(rule: Rule, place: number, version: number): RuleForm {
  return {
    version,
    original: rule.name,
    name: rule.name,
    types: rule.types.join(", "),
    level: rule.level ?? "",
    ...patternForm(rule.pattern),
    when: rule.when ?? "",
    to: rule.to,
    policy: rule.policy ?? "",
    continues: rule.continue,
    place: String(place),
    description: "",
  };
}

type PatternForm = Pick<RuleForm, "mode" | "joined" | "lines" | "json">;

function patternForm(pattern: JsonObject | undefined): PatternForm {
  const json = pattern ? JSON.stringify(pattern, null, 2) : "";
  if (!pattern) return { mode: "lines", joined: "all", lines: [], json };
  const read = readConditions(pattern);
  if (read.kind === "only_json") return { mode: "json", joined: "all", lines: [], json };
  const { joined, conditions } = read.list;
  const lines = conditions.map(({ field, operator, values }) => ({
    field,
    operator,
    value: writeValues(values),
  }));
  return { mode: "lines", joined, lines, json };
}

/** Write the lines as JSON, or the JSON as lines. Where that cannot be, the form stays as it is, with a word on why. */
export function switchMode(
  form: RuleForm,
  mode: RuleForm["mode"],
): { readonly form: RuleForm; readonly why?: string } {
  const { rule, errors } = patternOf(form);
  if (mode === form.mode) return { form };
  if (errors.size > 0) {
    const why =
      form.mode === "json"
        ? say`This JSON has to be right before it can be shown as fields.`
        : say`These lines have to be whole before they can be written as JSON.`;
    return { form, why };
  }
  const pattern = rule.pattern;
  if (mode === "json") {
    const json = pattern ? JSON.stringify(pattern, null, 2) : "";
    return { form: { ...form, mode, json } };
  }
  const read = pattern ? readConditions(pattern) : undefined;
  if (read?.kind === "only_json") {
    return { form, why: say`The fields cannot show this pattern: ${read.why}. It works as it is.` };
  }
  return { form: { ...form, ...patternForm(pattern), mode: "lines" } };
}

/** Why a pattern in the JSON form has no lines; undefined where it has. */
export function whyOnlyJson(form: RuleForm): string | undefined {
  if (form.mode !== "json") return undefined;
  const { rule } = patternOf(form);
  const read = rule.pattern && readConditions(rule.pattern);
  return read?.kind === "only_json" ? read.why : undefined;
}

interface PatternRead {
  readonly rule: Pick<Rule, "pattern">;
  readonly errors: FormErrors;
}

function patternOf(form: RuleForm): PatternRead {
  const errors = new Map<string, string>();
  if (form.mode === "json") {
    if (form.json.trim() === "") return { rule: {}, errors };
    const read = parseJson(form.json);
    if (read.kind === "refused") {
      errors.set("json", read.problem.detail);
      return { rule: {}, errors };
    }
    if (isJsonObject(read.value)) return { rule: { pattern: read.value }, errors };
    errors.set("json", say`A pattern is an object: { "data": { "environment": ["production"] } }.`);
    return { rule: {}, errors };
  }
  const lines = form.lines.map(({ value, ...line }) => ({ ...line, values: readValues(value) }));
  const kept = lines.filter(({ field, values }) => field !== "" || values.length > 0);
  const { pattern, mistakes } = writeConditions({ joined: form.joined, conditions: kept });
  for (const { at, message } of mistakes) {
    errors.set(`line-${lines.indexOf(kept[at] as (typeof lines)[number])}`, message);
  }
  return { rule: pattern ? { pattern } : {}, errors };
}

const typePattern = /^([A-Za-z0-9][A-Za-z0-9._-]{0,127}\*?|\*)$/;

/** The types that a form names. */
export const typesOf = ({ types }: Pick<RuleForm, "types">): readonly string[] =>
  types.split(/[\s,]+/).filter(Boolean);

/** Read the rule that the form says, with what is wrong at which field. Names are checked where it is saved. */
export function ruleOf(form: RuleForm): { readonly rule: Rule; readonly errors: FormErrors } {
  const { rule, errors: wrong } = patternOf(form);
  const errors = new Map(wrong);
  const types = typesOf(form);
  if (form.name === "") errors.set("name", say`Give the rule a name.`);
  if (form.name.length > 100) errors.set("name", say`A name has 100 characters at most.`);
  if (types.length === 0)
    errors.set("types", say`Name a type, such as deploy.requested or deploy.*.`);
  const bad = types.find((type) => !typePattern.test(type));
  if (bad !== undefined) {
    errors.set("types", say`${bad} is no type: expected deploy.requested, deploy.*, or * alone.`);
  }
  if (form.to.length === 0) errors.set("to", say`Choose where such events go.`);
  if (!/^\d{1,6}$/.test(form.place) || Number(form.place) < 1) {
    errors.set("place", say`Give the place in the order: 1 is the first.`);
  }
  const level = levels.find((one): one is Level => one === form.level);
  return {
    rule: {
      name: form.name,
      types,
      ...(level === undefined ? {} : { level }),
      ...rule,
      ...(form.when === "" ? {} : { when: form.when }),
      to: form.to,
      ...(form.policy === "" ? {} : { policy: form.policy }),
      continue: form.continues,
    },
    errors,
  };
}

/** Put the rule of a form into a list: in the place of the one that is edited, moved to where the form says. */
export function placeRule(
  rules: readonly Rule[],
  form: RuleForm,
  rule: Rule,
): { readonly rules: readonly Rule[]; readonly index: number } {
  const others = rules.filter(({ name }) => name !== form.original);
  const before = rules.find(({ name }) => name === form.original);
  const index = Math.min(Math.max((Number(form.place) || 1) - 1, 0), others.length);
  const whole = { ...(before && hiddenMembers(before)), ...rule };
  return { rules: [...others.slice(0, index), whole, ...others.slice(index)], index };
}

/** The members of a rule that the editor has no field for: they stay as they are. */
function hiddenMembers({
  name: _name,
  types: _types,
  level: _level,
  pattern: _pattern,
  when: _when,
  to: _to,
  policy: _policy,
  continue: _continue,
  ...hidden
}: Rule): Partial<Rule> {
  return hidden;
}

/** Bring the mistakes of a whole rule set to the fields of the one rule that is edited; the others in a list. */
export function errorsAt(
  mistakes: readonly ProblemAt[],
  index: number,
  form: RuleForm,
): { readonly errors: FormErrors; readonly others: readonly string[] } {
  const errors = new Map<string, string>();
  const others: string[] = [];
  for (const { pointer, message } of mistakes) {
    const [field, ...rest] = pointer
      .replace(/^\/rules\//, "")
      .split("/")
      .slice(1);
    const isHere = pointer.startsWith(`/rules/${index}/`);
    const at = field === "pattern" ? (form.mode === "json" ? "json" : "lines") : field;
    if (!isHere || at === undefined) others.push(`${pointer}: ${message}`);
    else if (!errors.has(at)) {
      errors.set(at, at === "json" ? `${rest.join(" › ")}: ${message}` : message);
    }
  }
  return { errors, others };
}

/** A new rule, with what the address says of it: `type`, `field` and `value` of a condition, `to`, `policy`. */
export function newForm(query: Body, place: number, version: number): RuleForm {
  const text = (name: string) => listOf(query[name])[0] ?? "";
  const fields = listOf(query["field"]);
  const values = listOf(query["value"]);
  return {
    ...formOf(
      { name: text("name"), types: [], to: listOf(query["to"]), continue: false },
      place,
      version,
    ),
    original: "",
    types: text("type"),
    lines: fields.map((field, at) => ({ field, operator: "is", value: values[at] ?? "" })),
    policy: text("policy"),
  };
}
