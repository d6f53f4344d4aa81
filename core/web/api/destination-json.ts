import type { z } from "zod";
import { type Destination, isChannel, stateOf, workspaceOf } from "../../domain/destination.ts";
import { destinationKinds } from "../../domain/destination-kinds.ts";
import type { HelloOutcome } from "../../hub/say-hello.ts";
import { testFound } from "../../hub/test-steps.ts";
import type { Hub } from "../../hub.ts";
import type { destinationSchema, destinationTestSchema } from "./destination-operations.ts";
import { attemptJson, deliveryJson } from "./to-json.ts";

/** Write a destination as the API shows it. */
export function destinationJson(destination: Destination): z.infer<typeof destinationSchema> {
  const { id, name, kind, broken, revision, labels } = destination;
  return {
    id,
    name,
    kind,
    can: [...destinationKinds[kind].can],
    ...(isChannel(destination)
      ? {
          workspace: workspaceOf(destination),
          channel: { id: destination.channelId, name: destination.channelName ?? name },
          settings: null,
        }
      : {
          workspace: null,
          channel: null,
          settings: { ...destination.settings, ...destination.shown },
        }),
    state: stateOf(destination),
    types: destination.types ? [...destination.types] : null,
    fallback: destination.fallback ?? null,
    test_target: destination.testTarget ?? null,
    description: labels?.description ?? null,
    application: labels?.application ?? null,
    environment: labels?.environment ?? null,
    disabled: destination.disabled ?? false,
    former_secret_until:
      "formerSecretEndsAt" in destination
        ? (destination.formerSecretEndsAt?.toISOString() ?? null)
        : null,
    outsiders: destination.outsiders ?? false,
    language: destination.language ?? "en",
    message: (destination.message ?? null) as z.infer<typeof destinationSchema>["message"],
    broken: broken ? { code: broken.code, since: broken.at.toISOString() } : null,
    revision,
  };
}

/** Find a destination by its id or its name. */
export async function findDestination(hub: Hub, named: string): Promise<Destination | undefined> {
  const all = await hub.destinations.list();
  return all.find(({ id, name }) => id === named || name === named);
}

type TestJson = z.infer<typeof destinationTestSchema>;

/** Write what a test did, step by step. `unsaved` says that its values were typed and are not stored. */
export function helloJson(
  destination: Destination,
  hello: HelloOutcome,
  unsaved: boolean,
  disabled = destination.disabled ?? false,
): TestJson {
  const { delivery, attempt, event, durationMs } = hello;
  const { outcome, steps, trouble } = testFound(destination, hello);
  return {
    outcome,
    steps: [...steps],
    duration_ms: durationMs,
    note: noteOf(unsaved, disabled),
    trouble: trouble ?? null,
    event,
    delivery: delivery ? deliveryJson(delivery) : null,
    attempt: attempt ? attemptJson(attempt) : null,
  };
}

/** What is worth knowing of a test besides its outcome. */
function noteOf(unsaved: boolean, disabled: boolean): string | null {
  const notes = [
    ...(unsaved ? ["Unsaved value: save it if you want live events to go there."] : []),
    ...(disabled ? ["Live events are off here: only tests arrive."] : []),
  ];
  return notes.length === 0 ? null : notes.join(" ");
}
