import type { EventTypeDefinition } from "../domain/event-type.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { textMistake } from "../messages/liquid-text.ts";
import { textMistakes } from "../messages/text-mistakes.ts";
import { builtinTypes } from "./builtin-types.ts";
import { compileSchema } from "./validator.ts";

/** The longest definition, in characters of JSON: the schema with its texts and its sample. */
const mostCharacters = 131_072;

/** The first parts of names that are the hub's own. */
const hubName = /^(approval|installation|destination|callback)\./;

/**
 * Find what is wrong with a type beyond its shape: a schema that cannot be run on every event, a text that cannot be
 * read, a sample that does not fit, a name of the hub's.
 */
export function definitionMistakes(type: EventTypeDefinition): readonly ProblemAt[] {
  if (JSON.stringify(type).length > mostCharacters) {
    return [{ pointer: "", message: `a type holds at most ${mostCharacters} characters of JSON` }];
  }
  return [...nameMistakes(type), ...schemaAndSample(type), ...allTexts(type)];
}

function nameMistakes({ name, approval }: EventTypeDefinition): readonly ProblemAt[] {
  if (!hubName.test(name)) return [];
  if (!builtinTypes.has(name)) {
    const message = `names that begin with ${name.split(".")[0]}. belong to the hub; choose another`;
    return [{ pointer: "/name", message }];
  }
  const message = "events of the hub itself change no request: leave it no";
  return approval.kind === "no" ? [] : [{ pointer: "/approval/kind", message }];
}

function schemaAndSample({ schema, sample }: EventTypeDefinition): readonly ProblemAt[] {
  if (!schema) return [];
  const compiled = compileSchema(schema);
  if (compiled.kind === "unfit") return under("/schema", compiled.errors);
  return under("/sample/data", compiled.validate(sample.data));
}

const under = (place: string, errors: readonly ProblemAt[]) =>
  errors.map(({ pointer, message }) => ({ pointer: place + pointer, message }));

function allTexts({ texts, approval }: EventTypeDefinition): readonly ProblemAt[] {
  const said = Object.entries(approval).flatMap(([name, text]) => {
    const isText = ["by", "reason", "detail", "says"].includes(name) && typeof text === "string";
    const message = isText ? textMistake(text) : undefined;
    return message === undefined ? [] : [{ pointer: `/approval/${name}`, message }];
  });
  return [...textMistakes(texts, "/texts"), ...said];
}
