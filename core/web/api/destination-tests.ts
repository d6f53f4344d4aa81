import type { Request, Response } from "express";
import type { z } from "zod";
import { type Destination, isChannel, workspaceOf } from "../../domain/destination.ts";
import { nearestName } from "../../domain/nearest-name.ts";
import type { Problem } from "../../domain/problem.ts";
import { listTypes } from "../../event-types/find-type.ts";
import { sayHello } from "../../hub/say-hello.ts";
import type { HookTrial } from "../../hub/test-hook.ts";
import type { Hub } from "../../hub.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import { findDestination, helloJson } from "./destination-json.ts";
import { destinationSampleSchema, destinationTrialSchema } from "./destination-operations.ts";
import { channelMissing, refused, refusedWish, valuesOf } from "./destination-wishes.ts";
import { findChannel } from "./find-channel.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { readBody } from "./read-body.ts";

/** How long a test waits for its hello. */
const testMs = 10_000;

/** Post a test to a saved destination. */
export async function testSaved(
  hub: Hub,
  destination: Destination,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readBody(request, destinationSampleSchema, ["sample"]);
  if (isProblem(asked)) return sendProblem(response, asked);
  const trouble = await sampleTrouble(hub, asked.sample);
  if (trouble) return sendProblem(response, trouble);
  const outcome = await sayHello(hub, destination.id, helloWish(response, asked.sample));
  if (!outcome) return sendProblem(response, notFound("destination"));
  response.json(helloJson(destination, outcome, false));
}

const helloWish = (response: Response, sample: string | undefined) => ({
  by: accessOf(response).name,
  waitMs: testMs,
  ...(sample === undefined ? {} : { sample }),
});

/** Post a test to values that are not saved (FEATURES A13). */
export async function tryUnsaved(hub: Hub, request: Request, response: Response): Promise<void> {
  const names = Object.keys(destinationTrialSchema.shape);
  const asked = readBody(request, destinationTrialSchema, names);
  if (isProblem(asked)) return sendProblem(response, asked);
  if (asked.channel !== undefined || asked.kind === "channel") {
    return tryChannel(hub, asked, response);
  }
  const trial = await trialOf(hub, asked);
  if (isProblem(trial)) return sendProblem(response, trial);
  const tried = await hub.destinations.tryOut(trial, helloWish(response, asked.sample));
  if (tried.kind === "refused") return sendProblem(response, refusedWish(tried.troubles));
  const { destination, outcome } = tried;
  response.json(helloJson(destination, outcome, true, trial.over?.disabled ?? false));
}

type Trial = z.infer<typeof destinationTrialSchema>;

/** Post a test to a channel that nobody has chosen, or to which a saved destination may be moved. */
async function tryChannel(hub: Hub, asked: Trial, response: Response): Promise<void> {
  const { destination, channel, sample } = asked;
  const over = destination === undefined ? undefined : await findDestination(hub, destination);
  if (destination !== undefined && !(over && isChannel(over))) {
    return sendProblem(response, notFound("destination"));
  }
  const own =
    over && isChannel(over) ? await hub.doors.recordOf(over.kind, workspaceOf(over)) : undefined;
  const workspace = asked.workspace ?? own?.id;
  if (workspace === undefined || channel === undefined) {
    return sendProblem(response, channelMissing);
  }
  const trouble = await sampleTrouble(hub, sample);
  if (trouble) return sendProblem(response, trouble);
  const found = await findChannel(hub, workspace, channel);
  if (isProblem(found)) return sendProblem(response, found);
  const tried = await hub.destinations.tryChannel(
    { installation: found.installation, wish: found },
    helloWish(response, sample),
  );
  if (tried.kind === "refused") return sendProblem(response, refused(tried.code, tried.text));
  const { destination: place, outcome, unsaved } = tried;
  response.json(helloJson(place, outcome, unsaved, (over ?? place).disabled ?? false));
}

async function trialOf(
  hub: Hub,
  { destination, kind: said, name, settings = {}, sample }: Trial,
): Promise<HookTrial | Problem> {
  const over = destination === undefined ? undefined : await findDestination(hub, destination);
  const hook = over && !isChannel(over) ? over : undefined;
  if (destination !== undefined && !hook) return notFound("destination");
  const kind = hook?.kind ?? said;
  if (kind === undefined || kind === "channel") return kindMissing;
  const values = valuesOf(hub, kind, settings);
  if (isProblem(values)) return values;
  const trouble = await sampleTrouble(hub, sample);
  if (trouble) return trouble;
  return { kind, name: name ?? hook?.name ?? "", values, ...(hook ? { over: hook } : {}) };
}

const kindMissing = refused(
  "kind_missing",
  "Say which kind the values are of: webhook, slack-webhook or teams-workflow, or a channel with its workspace; or name a saved destination.",
);

async function sampleTrouble(hub: Hub, named: string | undefined): Promise<Problem | undefined> {
  if (named === undefined) return undefined;
  const types = await listTypes(hub.store, hub.organization);
  const names = types.map(({ name }) => name);
  if (names.includes(named)) return undefined;
  const near = nearestName(named, names);
  return refused(
    "sample_unknown",
    `There is no event type ${named} in the catalogue${near ? `; did you mean ${near}?` : "."}`,
  );
}
