import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { patternMistake } from "./pattern.ts";

/** How deep a schema nests, how many schemas lie in it, and what it is once every `$ref` is written out. */
const most = { depth: 32, nodes: 2_000, expanded: 5_000, comparedItems: 1_000 } as const;

/** More mistakes than this are not told. */
const mostTold = 20;

/** Keywords that lead out of a schema, or change what its references mean. */
const refused: Readonly<Record<string, string>> = {
  $id: "a schema has no address here; leave it out",
  $anchor: 'name a part under "$defs" and refer to it as "#/$defs/name"',
  $dynamicRef: 'only "$ref" is read',
  $dynamicAnchor: 'only "$ref" is read',
  $recursiveRef: 'only "$ref" is read',
  $recursiveAnchor: 'only "$ref" is read',
  $vocabulary: "the vocabulary is that of JSON Schema 2020-12",
};

/** The one dialect. */
const dialect = "https://json-schema.org/draft/2020-12/schema";

/** Members whose members are schemas. */
const maps = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);
/** Members that hold values, not schemas. */
const values = new Set(["const", "enum", "default", "examples", "required", "dependentRequired"]);

/**
 * Find what makes a schema unfit to be run on every event: it leads elsewhere, refers to itself, or would take long.
 *
 * A schema that passes here is bound in time by the size of what it reads: its references are written out at most
 * 5,000 schemas, its patterns run in linear time, and items are compared with each other only where they are few.
 */
export function schemaMistakes(schema: JsonObject): readonly ProblemAt[] {
  const errors: ProblemAt[] = [];
  const note = (pointer: string, message: string | undefined) => {
    if (message !== undefined && errors.length < mostTold) errors.push({ pointer, message });
  };
  let nodes = 0;
  const walk = (node: Json, pointer: string, depth: number): void => {
    if (!isJsonObject(node)) return;
    nodes += 1;
    const tooLarge = sizeMistake(nodes, depth);
    if (tooLarge !== undefined) {
      note(pointer, tooLarge);
      return;
    }
    for (const [name, value] of Object.entries(node)) {
      const at = `${pointer}/${escapePart(name)}`;
      note(at, keywordMistake(name, value, node));
      for (const [below, part] of schemasIn(name, value)) walk(part, at + below, depth + 1);
    }
  };
  walk(schema, "", 0);
  return errors.length > 0 ? errors : expansionMistakes(schema);
}

function sizeMistake(nodes: number, depth: number): string | undefined {
  if (nodes > most.nodes) return `a schema holds at most ${most.nodes} schemas`;
  return depth > most.depth ? `a schema nests at most ${most.depth} deep` : undefined;
}

/** The schemas that a keyword holds, with their places below it. */
function schemasIn(name: string, value: Json): readonly (readonly [string, Json])[] {
  if (values.has(name) || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.map((part, index) => [`/${index}`, part as Json] as const);
  if (!maps.has(name)) return [["", value as Json]];
  return Object.entries(value).map(([key, part]) => [`/${escapePart(key)}`, part as Json] as const);
}

function keywordMistake(name: string, value: Json, node: JsonObject): string | undefined {
  if (Object.hasOwn(refused, name)) return refused[name];
  switch (name) {
    case "$schema":
      return value === dialect ? undefined : `expected ${dialect}`;
    case "$ref":
      return typeof value === "string" && /^#\/\$defs\/[^/%]+$/.test(value)
        ? undefined
        : 'expected a part of this schema, such as "#/$defs/name"';
    case "pattern":
      return typeof value === "string" ? patternMistake(value) : undefined;
    case "patternProperties":
      return isJsonObject(value) ? Object.keys(value).map(patternMistake).find(Boolean) : undefined;
    case "uniqueItems": {
      const limit = node["maxItems"];
      return value === true && !(typeof limit === "number" && limit <= most.comparedItems)
        ? `it needs "maxItems" of at most ${most.comparedItems} beside it`
        : undefined;
    }
    default:
      return undefined;
  }
}

/** References that go round, or that are many schemas once written out. */
function expansionMistakes(schema: JsonObject): readonly ProblemAt[] {
  const defs = schema["$defs"];
  const sizes = new Map<string, number>();
  let round: string | undefined;
  const sizeOf = (node: Json, path: readonly string[]): number => {
    if (!isJsonObject(node)) return 1;
    let size = 1;
    for (const [name, value] of Object.entries(node)) {
      if (name === "$defs") continue;
      if (name === "$ref") size += sizeOfRef(String(value), path);
      else for (const [, part] of schemasIn(name, value)) size += sizeOf(part, path);
    }
    return Math.min(size, most.expanded + 1);
  };
  const sizeOfRef = (ref: string, path: readonly string[]): number => {
    const known = sizes.get(ref);
    if (known !== undefined) return known;
    if (path.includes(ref)) {
      round = ref;
      return 0;
    }
    const target = isJsonObject(defs) ? defs[readPart(ref.slice("#/$defs/".length))] : undefined;
    const size = target === undefined ? 1 : sizeOf(target, [...path, ref]);
    sizes.set(ref, size);
    return size;
  };
  const size = sizeOf(schema, []);
  if (round !== undefined)
    return [{ pointer: round.slice(1), message: "a schema may not refer to itself" }];
  return size > most.expanded
    ? [
        {
          pointer: "",
          message: `with its references written out it is over ${most.expanded} schemas`,
        },
      ]
    : [];
}

const escapePart = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
const readPart = (name: string) => name.replaceAll("~1", "/").replaceAll("~0", "~");
