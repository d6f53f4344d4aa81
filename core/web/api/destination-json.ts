import type { z } from "zod";
import { type Destination, workspaceOf } from "../../domain/destination.ts";
import type { HelloOutcome } from "../../hub/say-hello.ts";
import type { Hub } from "../../hub.ts";
import type { destinationSchema, destinationTestSchema } from "./destination-operations.ts";
import { attemptJson, deliveryJson } from "./to-json.ts";

/** Write a destination as the API shows it. */
export function destinationJson(destination: Destination): z.infer<typeof destinationSchema> {
  const { id, name, kind, channelId, channelName, broken, revision } = destination;
  return {
    id,
    name,
    kind,
    workspace: workspaceOf(destination),
    channel: { id: channelId, name: channelName ?? name },
    fallback: destination.fallback ?? null,
    disabled: destination.disabled ?? false,
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

/** Write what a test did, step by step. */
export function helloJson(destination: Destination, hello: HelloOutcome): TestJson {
  const { delivery, attempt, event, durationMs } = hello;
  const outcome = outcomeOf(hello);
  const because = delivery && "cause" in delivery ? delivery.cause : attempt?.because;
  return {
    outcome,
    steps: [
      { step: "store the hello", state: "done", detail: event },
      delivery
        ? { step: "queue the delivery", state: "done", detail: delivery.id }
        : { step: "queue the delivery", state: "waiting", detail: "not queued yet" },
      {
        step: `post to ${destination.name}`,
        state: outcome === "passed" ? "done" : outcome,
        detail: outcome === "passed" ? `${attempt?.durationMs ?? 0} ms` : (because ?? "no try yet"),
      },
    ],
    duration_ms: durationMs,
    note: destination.disabled ? "Live events are off here: only tests arrive." : null,
    event,
    delivery: delivery ? deliveryJson(delivery) : null,
    attempt: attempt ? attemptJson(attempt) : null,
  };
}

function outcomeOf({ delivery }: HelloOutcome): TestJson["outcome"] {
  if (delivery?.state === "delivered") return "passed";
  return !delivery || delivery.state === "pending" || delivery.state === "sending"
    ? "waiting"
    : "failed";
}
