import type { Pin } from "../domain/pin.ts";
import { writePin } from "../hub/policies.ts";
import { unknown } from "../hub/policy-text.ts";
import { type PinText, pinSchema } from "../routing/policy-schema.ts";
import { namedKind } from "./settings-kind.ts";

const nameOf = (pin: PinText) => ("type" in pin ? `type ${pin.type}` : `producer ${pin.producer}`);

/** To what policies are pinned. */
export const pinSettings = namedKind<PinText, Pin>({
  section: "pins",
  removedFirst: true,
  schema: pinSchema,
  known: ["type", "producer", "policy"],
  nameOf,
  read: async (hub) =>
    (await hub.policies.pins()).map((pin) => ({ text: writePin(pin), stored: pin })),
  mistakes: async (hub, items, names) => {
    const policies = names.get("policies") ?? new Set();
    const producers =
      names.get("producers") ??
      new Set(
        (
          await hub.store.producers.scan("byName", { prefix: [hub.organization], limit: 10_000 })
        ).map(({ name }) => name),
      );
    return items.flatMap((pin, at) => [
      ...(policies.has(pin.policy)
        ? []
        : [{ pointer: `/pins/${at}/policy`, message: unknown("policy", pin.policy, policies) }]),
      ...("type" in pin || producers.has(pin.producer)
        ? []
        : [
            {
              pointer: `/pins/${at}/producer`,
              message: unknown("producer", pin.producer, producers),
            },
          ]),
    ]);
  },
  save: async (hub, text, current, by) => {
    if (current) await hub.policies.unpin(current.on.kind, current.on.name);
    const saved = await hub.policies.pin(text, { name: by });
    switch (saved.kind) {
      case "saved":
        return undefined;
      case "taken":
        return "it has been pinned to another policy meanwhile";
      case "invalid":
        return saved.errors.map(({ message }) => message).join("; ");
    }
  },
  remove: async (hub, { on }) => {
    await hub.policies.unpin(on.kind, on.name);
    return undefined;
  },
});
