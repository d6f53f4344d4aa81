import { z } from "zod";
import type { Producer } from "../domain/producer.ts";
import type { ProducerMistake } from "../hub/producers.ts";
import { namedKind } from "./settings-kind.ts";

const schema = z.strictObject({
  name: z.string().min(1).max(100),
  callback: z
    .string()
    .max(2_000)
    .optional()
    .describe("Read when the producer is made; the path may be a secret, so it is never written"),
  callback_hosts: z.array(z.string()).max(100).default([]),
  may_name_policies: z.boolean().default(false),
});
type Text = z.infer<typeof schema>;

const write = (producer: Producer): Text => ({
  name: producer.name,
  callback_hosts: [...producer.callbackHosts],
  may_name_policies: producer.mayNamePolicies,
});

const wishOf = ({ name, callback, callback_hosts, may_name_policies }: Text) => ({
  name,
  callbackHosts: callback_hosts,
  mayNamePolicies: may_name_policies,
  ...(callback === undefined ? {} : { callback }),
});

const sayMistake = ({ field, message }: ProducerMistake) => `${field}: ${message}`;

/**
 * Systems that post events. Keys and callback secrets are made in the console, where they are shown once; an address
 * that is there stays.
 */
export const producerSettings = namedKind<Text, Producer>({
  section: "producers",
  schema,
  known: Object.keys(schema.shape),
  nameOf: ({ name }) => name,
  normal: async (hub, items) => {
    const there = new Set((await hub.producers.list()).map(({ name }) => name));
    return items.map(({ callback, ...text }) =>
      callback === undefined || there.has(text.name) ? text : { ...text, callback },
    );
  },
  read: async (hub) => {
    const producers = await hub.producers.list();
    return producers
      .filter(({ id }) => !hub.producers.isBuiltIn(id))
      .map((stored) => ({ text: write(stored), stored }));
  },
  mistakes: async (hub, items, _names, current) => {
    const builtIn = (await hub.producers.list()).filter(({ id }) => hub.producers.isBuiltIn(id));
    const found = await Promise.all(
      items.map(async (text, at) => {
        const pointer = `/producers/${at}`;
        if (builtIn.some(({ name }) => name === text.name)) {
          const message = `the producer ${text.name} is the hub's own, and nobody changes it`;
          return [{ pointer: `${pointer}/name`, message }];
        }
        const there = current.get(text.name)?.stored.id;
        const mistake = await hub.producers.mistakeIn(wishOf(text), there);
        return mistake
          ? [{ pointer: `${pointer}/${mistake.field}`, message: mistake.message }]
          : [];
      }),
    );
    return found.flat();
  },
  save: async (hub, text, current) => {
    if (!current) {
      const made = await hub.producers.create(wishOf(text));
      return made.kind === "created" ? undefined : sayMistake(made.mistake);
    }
    const changed = await hub.producers.change(
      current.id,
      current.revision,
      wishOf({ ...text, callback: undefined }),
    );
    switch (changed.kind) {
      case "saved":
        return undefined;
      case "refused":
        return sayMistake(changed.mistake);
      case "stale":
      case "unknown":
        return "it has changed meanwhile";
      case "built_in":
        return "it is the hub's own";
    }
  },
  remove: async (hub, { id, name, revision }) => {
    const removed = await hub.producers.remove(id, revision);
    switch (removed.kind) {
      case "removed":
      case "unknown":
        return undefined;
      case "stale":
        return "it has changed meanwhile";
      case "built_in":
        return "it is the hub's own";
      case "in_use":
        return `${name} is needed by ${removed.users.map(({ kind, name: user }) => `${kind} ${user}`).join(", ")}`;
    }
  },
});
