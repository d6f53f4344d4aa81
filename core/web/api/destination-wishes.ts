import type { z } from "zod";
import type { HookKind } from "../../domain/destination.ts";
import type { EventTexts } from "../../domain/event-type.ts";
import type { DestinationId } from "../../domain/ids.ts";
import { nearestName } from "../../domain/nearest-name.ts";
import type { Problem } from "../../domain/problem.ts";
import type { DestinationWish, WishTrouble } from "../../hub/destination-wish.ts";
import type { Hub } from "../../hub.ts";
import type { HookValues } from "../../ports/destination-hook.ts";
import { findDestination } from "./destination-json.ts";
import type { destinationChangeSchema } from "./destination-operations.ts";
import { isProblem } from "./lists.ts";

type Change = z.infer<typeof destinationChangeSchema>;
type Settings = NonNullable<Change["settings"]>;

/** Read what is asked of a destination of any kind, values and channel apart. */
export async function wishOf(hub: Hub, asked: Change): Promise<DestinationWish | Problem> {
  const { name, disabled, types, description, application, environment } = asked;
  const { language, message } = asked;
  const fallback = await placeOf(hub, asked.fallback, "fallback");
  if (isProblem(fallback)) return fallback;
  const testTarget = await placeOf(hub, asked.test_target, "test_target");
  if (isProblem(testTarget)) return testTarget;
  const state = asked.state ?? (disabled === undefined ? undefined : onOrOff(disabled));
  const labels = { description, application, environment };
  const said = Object.entries(labels).filter(([, text]) => text !== undefined);
  return {
    ...(name === undefined ? {} : { name }),
    ...(state === undefined ? {} : { state }),
    ...(types === undefined ? {} : { types }),
    ...(language === undefined ? {} : { language }),
    ...(message === undefined ? {} : { message: message as EventTexts | null }),
    ...(fallback.id === undefined ? {} : { fallback: fallback.id }),
    ...(testTarget.id === undefined ? {} : { testTarget: testTarget.id }),
    ...(said.length === 0 ? {} : { labels: Object.fromEntries(said) }),
  };
}

const onOrOff = (disabled: boolean) => (disabled ? "disabled" : "active");

async function placeOf(
  hub: Hub,
  asked: string | null | undefined,
  key: "fallback" | "test_target",
): Promise<{ readonly id: DestinationId | null | undefined } | Problem> {
  if (asked === undefined || asked === null) return { id: asked };
  const found = await findDestination(hub, asked);
  return found
    ? { id: found.id }
    : refused(
        key === "fallback" ? "fallback_unknown" : "test_target_bad",
        `There is no destination ${asked}.`,
      );
}

/** Read the settings of a hook: each is a field of its kind, headers may come by their names. */
export function valuesOf(hub: Hub, kind: HookKind, settings: Settings): HookValues | Problem {
  const keys = (hub.destinations.hooks.get(kind)?.fields ?? []).map(({ key }) => key);
  const unknown = Object.keys(settings).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const near = nearestName(unknown, keys);
    const hint = near ? `; did you mean "${near}"?` : `; there are: ${keys.join(", ")}`;
    return refusedWish([
      { key: unknown, code: "field_unknown", text: `A ${kind} has no such field${hint}` },
    ]);
  }
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, textOf(value)] as const),
  );
}

const textOf = (value: Settings[string]): string =>
  typeof value === "object"
    ? Object.entries(value)
        .map(([name, text]) => `${name}: ${text}`)
        .join("\n")
    : String(value);

/** Say why a destination cannot be as somebody wants it. */
export const refused = (code: string, text: string): Problem => ({
  status: code === "name_taken" || code === "channel_taken" ? 409 : 422,
  code,
  title: "That cannot be done",
  detail: text,
});

/** Parts of a destination that are no settings of its kind. */
const parts = new Set(["name", "types", "fallback", "test_target", "message"]);

/** Say all that is wrong with a wish, each at its place. The first gives the code. */
export function refusedWish(troubles: readonly WishTrouble[]): Problem {
  const [first] = troubles;
  const { code, text } = first ?? { code: "destination_gone", text: "The destination is gone." };
  return {
    ...refused(code, text),
    errors: troubles.map((one) => ({
      pointer: parts.has(one.key) ? `/${one.key}` : `/settings/${one.key}`,
      message: one.text,
    })),
  };
}

/** Say what choosing a channel needs. */
export const channelMissing: Problem = {
  status: 422,
  code: "body_invalid",
  title: "The request is not valid",
  detail: "/workspace, /channel: a channel is chosen by its workspace and its id, link or #name.",
  hint: "Send both, or a kind with its settings: webhook, slack-webhook or teams-workflow.",
  errors: [{ pointer: "/channel", message: "expected the channel of a connected workspace" }],
};
