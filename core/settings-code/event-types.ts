import type { EventType } from "../domain/event-type.ts";
import {
  type DefinitionText,
  definitionNames,
  definitionSchema,
} from "../event-types/definition-schema.ts";
import { readDefinition, writeDefinition } from "../event-types/definition-text.ts";
import { namedKind } from "./settings-kind.ts";

/** As the file has it: the hub counts versions by itself. */
function write(type: EventType): DefinitionText {
  const { version: _, ...text } = writeDefinition(type);
  return JSON.parse(JSON.stringify(text)) as DefinitionText;
}

/** The types that admins wrote, and what they changed of the catalogue's own. The rest comes with the hub. */
export const eventTypeSettings = namedKind<DefinitionText, EventType>({
  section: "event_types",
  schema: definitionSchema,
  known: definitionNames,
  nameOf: ({ name }) => name,
  normal: async ({ organization }, items) =>
    items.map((text) => {
      const definition = readDefinition(text, 1);
      const record = { ...definition, id: text.name, organization, revision: 1 };
      return write(text.on ? record : { ...record, off: true });
    }),
  read: async (hub) =>
    (await hub.eventTypes.list())
      .filter(({ revision }) => revision > 0)
      .map((stored) => ({ text: write(stored), stored })),
  mistakes: async (hub, items, names) => {
    const policies = names.get("policies");
    const found = await Promise.all(items.map((text) => hub.eventTypes.mistakesOf(text, policies)));
    return found.flatMap((errors, at) =>
      errors.map((error) => ({ ...error, pointer: `/event_types/${at}${error.pointer}` })),
    );
  },
  save: async (hub, text, current) => {
    // The catalogue's own, which nobody has changed yet, is read at revision 0.
    const revision = current?.revision ?? (await hub.eventTypes.get(text.name))?.revision;
    const saved = await hub.eventTypes.save(text, revision);
    switch (saved.kind) {
      case "saved":
      case "unchanged":
        return undefined;
      case "stale":
      case "unread":
        return "it has changed meanwhile";
      case "invalid":
        return saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ");
    }
  },
  remove: async (hub, { name, revision }) => {
    const removed = await hub.eventTypes.remove(name, revision);
    switch (removed.kind) {
      case "removed":
      case "unknown":
      case "builtin":
        return undefined;
      case "stale":
        return "it has changed meanwhile";
      case "in_use":
        return `the type ${name} is named by ${removed.users.map(({ kind, name: user }) => `the ${kind} ${user}`).join(", ")}`;
    }
  },
});
