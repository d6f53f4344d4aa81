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
  return alternatives(pattern, []).some((wanted) => tryAll(wanted, fields, {}, []));
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

/** Items of lists tell objects apart. Values that no object holds lie in none, however many lists are around them. */
function flatten(
  value: Json,
  path: string[],
  place: Place,
  count: { lists: number },
  around: Place = {},
): Field[] {
  if (Array.isArray(value)) {
    count.lists += 1;
    const list = count.lists;
    return value.flatMap((item: Json, index) =>
      flatten(item, path, place, count, { ...around, [list]: index }),
    );
  }
  if (isJsonObject(value)) {
    const inside = { ...place, ...around };
    const members = Object.entries(value);
    return members.flatMap(([name, below]) => flatten(below, [...path, name], inside, count));
  }
  return [{ path: nameOf(path), leaf: value as Leaf, place }];
}

/** Every way to satisfy the pattern, as a list of conditions: `$or` multiplied out. */
function alternatives(pattern: JsonObject, path: string[]): Condition[][] {
  let ways: Condition[][] = [[]];
  for (const [name, below] of Object.entries(pattern)) {
    const here = [...path, name];
    const more =
      name === "$or"
        ? (below as JsonObject[]).flatMap((one) => alternatives(one, path))
        : isJsonObject(below)
          ? alternatives(below, here)
          : [[{ path: nameOf(here), tests: below as readonly Json[] }]];
    ways = ways.flatMap((way) => more.map((other) => [...way, ...other]));
  }
  return ways;
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
      return typeof leaf === "string" && begins(leaf, operand);
    case "suffix":
      return typeof leaf === "string" && begins(reversed(leaf), reversedOperand(operand));
    case "equals-ignore-case":
      return typeof leaf === "string" && leaf.toUpperCase() === String(operand).toUpperCase();
    case "wildcard":
      return typeof leaf === "string" && spells([...(operand as string)], [...leaf]);
    case "cidr":
      return typeof leaf === "string" && lies(operand as string, leaf);
    case "numeric":
      return typeof leaf === "number" && inRange(operand as readonly Json[], leaf);
    case "anything-but":
      return isJsonObject(operand)
        ? Object.entries(operand).every(([name, texts]) =>
            [texts].flat().every((text) => !passes({ [name]: text as Json }, leaf)),
          )
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

const reversed = (text: string) => [...text].reverse().join("");

function reversedOperand(operand: Json | undefined): Json {
  if (!isJsonObject(operand)) return reversed(operand as string);
  return { "equals-ignore-case": reversed(operand["equals-ignore-case"] as string) };
}

function begins(text: string, operand: Json | undefined): boolean {
  if (!isJsonObject(operand)) return text.indexOf(operand as string) === 0;
  return text.toUpperCase().indexOf((operand["equals-ignore-case"] as string).toUpperCase()) === 0;
}

/** Try for each star every number of signs. */
function spells([sign, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (sign === undefined) return text.length === 0;
  if (sign !== "*") return text[0] === sign && spells(pattern, text.slice(1));
  return Array.from({ length: text.length + 1 }).some((_, skip) =>
    spells(pattern, text.slice(skip)),
  );
}

/** IPv4 alone, by arithmetic. */
function lies(range: string, address: string): boolean {
  const numberOf = (text: string) => {
    const parts = text.split(".");
    const valid =
      parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && +part < 256);
    return valid ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
  };
  const [base = "", bits = ""] = range.split("/");
  const from = numberOf(base);
  const at = numberOf(address);
  const size = 2 ** (32 - Number(bits));
  return (
    from !== undefined && at !== undefined && Math.floor(from / size) === Math.floor(at / size)
  );
}
