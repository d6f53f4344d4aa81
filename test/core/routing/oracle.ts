import { isJsonObject, type Json, type JsonObject } from "../../../core/domain/json.ts";

/**
 * A second opinion on event patterns, slow and simple, after the formal rule of event-ruler's README: a match is a
 * choice of one field of the event for each field of the pattern, no two of them in different items of one list. A
 * field may be missing if the event has none of its name that would go with the choice.
 *
 * It shares no code with `core/routing`: it lays the event flat and tries every choice.
 */
export function oracleMatches(pattern: JsonObject, event: Json): boolean {
  const fields = flatten(event, [], {}, { lists: 0 });
  const wanted = conditions(pattern, []);
  return tryAll(wanted, fields, {}, []);
}

type Leaf = string | number | boolean | null;
/** Which item of which list a field lies in. */
type Place = Readonly<Record<number, number>>;
interface Field {
  readonly path: string;
  readonly leaf: Leaf;
  readonly place: Place;
}
interface Condition {
  readonly path: string;
  readonly tests: readonly Json[];
}

const nameOf = (path: readonly string[]) => path.join("\u0000");

function flatten(value: Json, path: string[], place: Place, count: { lists: number }): Field[] {
  if (Array.isArray(value)) {
    count.lists += 1;
    const list = count.lists;
    return value.flatMap((item: Json, index) => {
      const inside = typeof item === "object" && item !== null;
      return flatten(item, path, inside ? { ...place, [list]: index } : place, count);
    });
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value);
    return members.flatMap(([name, below]) => flatten(below, [...path, name], place, count));
  }
  return [{ path: nameOf(path), leaf: value as Leaf, place }];
}

function conditions(pattern: JsonObject, path: string[]): Condition[] {
  return Object.entries(pattern).flatMap(([name, below]) => {
    const here = [...path, name];
    if (isJsonObject(below)) return conditions(below, here);
    return [{ path: nameOf(here), tests: below as readonly Json[] }];
  });
}

const together = (one: Place, other: Place) =>
  Object.entries(one).every(([list, item]) => (other[Number(list)] ?? item) === item);

function tryAll(
  [first, ...rest]: readonly Condition[],
  fields: readonly Field[],
  chosen: Place,
  missing: readonly string[],
): boolean {
  if (!first) {
    return missing.every((path) => {
      return !fields.some((field) => field.path === path && together(field.place, chosen));
    });
  }
  const mayMiss = first.tests.some((test) => isJsonObject(test) && test["exists"] === false);
  if (mayMiss && tryAll(rest, fields, chosen, [...missing, first.path])) return true;
  return fields.some(
    ({ path, leaf, place }) =>
      path === first.path &&
      together(place, chosen) &&
      first.tests.some((test) => passes(test, leaf)) &&
      tryAll(rest, fields, { ...chosen, ...place }, missing),
  );
}

function passes(test: Json, leaf: Leaf): boolean {
  if (!isJsonObject(test)) return Object.is(test, leaf);
  const [[operator, operand] = ["", null]] = Object.entries(test);
  switch (operator) {
    case "exists":
      return operand === true;
    case "prefix":
      return typeof leaf === "string" && leaf.indexOf(operand as string) === 0;
    case "numeric":
      return typeof leaf === "number" && inRange(operand as readonly Json[], leaf);
    case "anything-but":
      return isJsonObject(operand)
        ? [operand["prefix"] as Json].flat().every((prefix) => !passes({ prefix }, leaf))
        : [operand].flat().every((value) => !Object.is(value, leaf));
    default:
      throw new Error(`the oracle does not know ${operator}`);
  }
}

function inRange([sign, limit, ...rest]: readonly Json[], value: number): boolean {
  if (sign === undefined) return true;
  const bound = limit as number;
  const order = Math.sign(value - bound);
  const signs: Readonly<Record<string, readonly number[]>> = {
    "<": [-1],
    "<=": [-1, 0],
    "=": [0],
    ">=": [0, 1],
    ">": [1],
  };
  return (signs[String(sign)] ?? []).includes(order) && inRange(rest, value);
}
