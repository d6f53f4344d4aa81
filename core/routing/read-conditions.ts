import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import { say } from "../words/say.ts";
import {
  type ConditionList,
  type ConditionOperator,
  type FieldCondition,
  numberSigns,
  textTests,
  turnedTests,
} from "./condition-list.ts";
import type { Leaf } from "./matchers.ts";

/** The lines that say the same as a pattern, or why the builder has no lines for it. */
export type ReadConditions =
  | { readonly kind: "lines"; readonly list: ConditionList }
  | { readonly kind: "only_json"; readonly why: string };

/** Read a pattern into lines of the builder. What it answers as lines is written again as a pattern that means the same. */
export function readConditions(pattern: JsonObject): ReadConditions {
  const alternatives = pattern["$or"];
  if (alternatives === undefined) {
    const read = fieldsOf(pattern, []);
    return typeof read === "string" ? onlyJson(read) : lines("all", read);
  }
  if (Object.keys(pattern).length > 1) {
    return onlyJson(say`it joins alternatives ($or) with further conditions`);
  }
  const conditions: FieldCondition[] = [];
  for (const one of Array.isArray(alternatives) ? alternatives : []) {
    const read = isJsonObject(one) ? fieldsOf(one, []) : say`an alternative in $or is no object`;
    if (typeof read === "string") return onlyJson(read);
    const [only, ...more] = read;
    if (!only || more.length > 0) {
      return onlyJson(say`an alternative in $or asks for more than one thing`);
    }
    conditions.push(only);
  }
  return lines("any", conditions);
}

const onlyJson = (why: string): ReadConditions => ({ kind: "only_json", why });
const lines = (
  joined: ConditionList["joined"],
  conditions: readonly FieldCondition[],
): ReadConditions => ({ kind: "lines", list: { joined, conditions } });

/** The lines below a place, or why there are none. */
function fieldsOf(
  pattern: JsonObject,
  path: readonly string[],
): readonly FieldCondition[] | string {
  const found: FieldCondition[] = [];
  for (const [name, below] of Object.entries(pattern)) {
    if (name === "$or") return say`alternatives ($or) stand inside a field`;
    if (name === "" || /[.]|^[$\s]/.test(name))
      return say`the field "${name}" has a dot in its name`;
    const here = [...path, name];
    const read = isJsonObject(below)
      ? fieldsOf(below, here)
      : leafOf(here.join("."), Array.isArray(below) ? below : []);
    if (typeof read === "string") return read;
    found.push(...read);
  }
  return found;
}

function leafOf(field: string, matchers: readonly Json[]): readonly FieldCondition[] | string {
  if (matchers.length > 0 && matchers.every((one) => !isJsonObject(one) && !Array.isArray(one))) {
    return [{ field, operator: "is", values: matchers as readonly Leaf[] }];
  }
  const tests = matchers.map((one) => (isJsonObject(one) ? testsOf(one) : undefined));
  const [first] = tests;
  if (tests.length === 1 && first) return first.map((test) => ({ field, ...test }));
  const operator = first?.[0]?.operator;
  const values = tests.flatMap((test) => (test?.length === 1 ? (test[0]?.values ?? []) : []));
  const alike = tests.every((test) => test?.length === 1 && test[0]?.operator === operator);
  if (operator !== undefined && alike && joinable.has(operator)) {
    return [{ field, operator, values }];
  }
  return tests.length === 0
    ? say`${field} has no test`
    : say`${field} is tested in more than one way, or in a way that has no line`;
}

/** Tests of which several stand in one list: one of them must hold. */
const joinable: ReadonlySet<ConditionOperator> = new Set([
  "starts_with",
  "ends_with",
  "looks_like",
  "is_in_any_case",
  "in_network",
]);

type Test = Omit<FieldCondition, "field">;

function testsOf(matcher: JsonObject): readonly Test[] | undefined {
  const [entry, ...more] = Object.entries(matcher);
  if (!entry || more.length > 0) return undefined;
  const [name, operand] = entry;
  if (name === "exists") {
    return [{ operator: operand === true ? "is_there" : "is_absent", values: [] }];
  }
  if (name === "numeric") return numericTests(operand);
  if (name === "anything-but") return turnedTest(operand);
  const operator = name === "cidr" ? "in_network" : nameOf(textTests, name);
  return operator && typeof operand === "string" ? [{ operator, values: [operand] }] : undefined;
}

function numericTests(operand: Json | undefined): readonly Test[] | undefined {
  const list = Array.isArray(operand) ? operand : [];
  const tests: Test[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const operator = nameOf(numberSigns, list[index]);
    const limit = list[index + 1];
    if (!operator || typeof limit !== "number") return undefined;
    tests.push({ operator, values: [limit] });
  }
  return tests;
}

function turnedTest(operand: Json | undefined): readonly Test[] | undefined {
  if (!isJsonObject(operand)) {
    const values = [operand].flat() as readonly Leaf[];
    return operand === undefined ? undefined : [{ operator: "is_not", values }];
  }
  const [entry] = Object.entries(operand);
  const operator = entry && nameOf(turnedTests, entry[0]);
  return operator && [{ operator, values: [entry[1]].flat() as readonly Leaf[] }];
}

const nameOf = <Table extends Readonly<Record<string, string>>>(
  table: Table,
  written: Json | undefined,
) => (Object.keys(table) as (keyof Table & string)[]).find((name) => table[name] === written);
