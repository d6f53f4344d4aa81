import { createInterface } from "node:readline";
import type { SlackChannel } from "../../../core/domain/destination.ts";
import type { SendReport } from "../../../core/domain/send-result.ts";
import { channelOf, createBenchHub, seedHub, serveHub } from "./bench-hub.ts";
import { fillLane } from "./fill-store.ts";

/** A hub with this many healthy channels; where `flood` is given, two more: one dead, one with so many waiting. */
export interface LaneSpec {
  readonly folder: string;
  readonly healthy: number;
  readonly flood?: number;
}

/** What became of the healthy channels' events since the last word. */
export interface LaneReport {
  readonly accepted: number;
  /** From the receipt to the stored delivery, in milliseconds. */
  readonly tookMs: readonly number[];
}

const spec = JSON.parse(process.argv[2] ?? "{}") as LaneSpec;
/** As long as the platforms' own time limit. */
const deadMs = 10_000;
/** Longer is waited for nothing. */
const lateMs = 5_000;
const names = Array.from({ length: spec.healthy }, (_, number) => String(number).padStart(3, "0"));
const { hub, log } = createBenchHub(spec.folder);
const rules = names.map((name) => ({ name, types: [`to.${name}`], to: [name], continue: false }));
const key = await seedHub(hub, { destinations: [...names, "dead", "flooding"], rules });

const receivedAt = new Map<string, number>();
let tookMs: number[] = [];
let accepted = 0;
log.subscribe((entry) => {
  if (entry.kind === "event.received") {
    receivedAt.set(entry.event, performance.now());
    accepted += 1;
  }
  if (entry.kind !== "delivery.attempted" || entry.outcome !== "sent" || !entry.event) return;
  const since = receivedAt.get(entry.event);
  if (since !== undefined) tookMs.push(performance.now() - since);
  receivedAt.delete(entry.event);
});

let posts = 0;
async function post({ name, slackTeamId, channelId }: SlackChannel): Promise<SendReport> {
  if (name === "dead") {
    await new Promise((resolve) => setTimeout(resolve, deadMs));
    return { result: { kind: "unknown", because: "timeout" }, request: null, response: null };
  }
  posts += 1;
  const place = { platform: "slack", workspace: slackTeamId, channel: channelId } as const;
  const ref = { ...place, message: String(posts) };
  return { result: { kind: "sent", ref }, request: null, response: null };
}

hub.connect({
  kind: "slack",
  paces: [{ tasks: ["post"], count: 1, ms: 1_000 }],
  budgets: [],
  post: (destination) => post(destination as SlackChannel),
  note: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  edit: async () => ({ result: { kind: "sent" }, request: null, response: null }),
});
if (spec.flood !== undefined) {
  await fillLane(hub.store, channelOf("dead"), 200);
  await fillLane(hub.store, channelOf("flooding"), spec.flood);
}
await hub.start();
hub.deliver();
process.stdout.write(`${JSON.stringify({ url: await serveHub(hub, log), key })}\n`);

createInterface({ input: process.stdin }).on("line", async () => {
  const asked = performance.now();
  while (receivedAt.size > 0 && performance.now() - asked < lateMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const told: LaneReport = { accepted, tookMs };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  receivedAt.clear();
  tookMs = [];
  accepted = 0;
});
