import type { Destination } from "../domain/destination.ts";
import type { Json } from "../domain/json.ts";
import type { Hub } from "../hub.ts";
import type { DestinationText } from "./destination-text.ts";
import type { SettingsStep } from "./settings-kind.ts";

/** How one destination is written and removed. What speaks against it is answered as a sentence. */
interface Ways {
  readonly save: (
    text: DestinationText,
    now: Destination | undefined,
    by: string,
  ) => Promise<string | undefined>;
  readonly remove: (now: Destination) => Promise<string | undefined>;
}

/**
 * Order the steps of destinations so that each can be done, also where they name each other in a ring.
 *
 * What names another that the file brings is added without it, and names it once all are there. What names another
 * that goes too stops naming it first, so that either may go before the other.
 */
export function linkedSteps(
  hub: Hub,
  steps: readonly SettingsStep[],
  ways: Ways,
): readonly SettingsStep[] {
  const namesOf = (change: SettingsStep["change"]) =>
    new Set(steps.filter((step) => step.change === change).map(({ name }) => name));
  const others = {
    added: namesOf("added"),
    changed: new Set<string>(),
    removed: namesOf("removed"),
  };
  const all = steps.flatMap((step): readonly SettingsStep[] => {
    const { fallback, test_target: target } = textOf(step);
    const isLinked = [fallback, target].some((name) => name && others[step.change].has(name));
    if (!isLinked) return [step];
    return step.change === "added" ? addedInTwo(hub, step, ways) : removedInTwo(hub, step, ways);
  });
  return (["added", "changed", "removed"] as const).flatMap((change) =>
    all.filter((step) => step.change === change),
  );
}

const textOf = ({ before, after }: SettingsStep) => (after ?? before) as unknown as DestinationText;

/** Without what it names. Nothing is in test without a target, so it is off until it has one. */
function alone(text: DestinationText): DestinationText {
  const { fallback: _, test_target: __, ...rest } = text;
  return rest.state === "test" ? { ...rest, state: "disabled" } : rest;
}

const find = async ({ destinations }: Hub, name: string) =>
  (await destinations.list()).find((one) => one.name === name);

function addedInTwo(hub: Hub, step: SettingsStep, { save }: Ways): readonly SettingsStep[] {
  const text = textOf(step);
  const first = alone(text);
  return [
    { ...step, after: first as Json, run: (by) => save(first, undefined, by) },
    {
      ...{ ...step, change: "changed", before: first as Json },
      run: async (by) => save(text, await find(hub, step.name), by),
    },
  ];
}

function removedInTwo(
  hub: Hub,
  step: SettingsStep,
  { save, remove }: Ways,
): readonly SettingsStep[] {
  const text = textOf(step);
  const last = alone(text);
  return [
    {
      ...{ ...step, change: "changed", after: last as Json },
      run: async (by) => save(last, await find(hub, step.name), by),
    },
    {
      ...{ ...step, before: last as Json },
      run: async () => {
        const now = await find(hub, step.name);
        return now && remove(now);
      },
    },
  ];
}
