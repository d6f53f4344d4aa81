import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { mongo } from "mongoose";
import type { SlackChannel } from "../../../core/domain/destination.ts";
import { type CollectionName, collections } from "../../../core/ports/collections.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openMongoStore } from "../../../core/stores/mongo/store.ts";
import { channelOf, createHubOver, seedHub } from "./bench-hub.ts";
import { fillLane } from "./fill-store.ts";

/** One of several hubs over one MongoDB, which brings out what waits there. */
export interface MongoWorkerSpec {
  readonly url: string;
  /** Store so many deliveries in each of so many lanes first. */
  readonly fill?: { readonly lanes: number; readonly each: number };
  /** How long a place takes to answer a post; without end where it is `never`. */
  readonly answersAfterMs?: number | "never";
}

/** What a hub has done so far. */
export interface MongoWorkerReport {
  readonly posts: number;
  /** Deliveries whose outcome is stored. */
  readonly stored: number;
  /** Calls of the store's port. Lanes ask for the server's time beside some of them. */
  readonly operations: number;
  /** Questions that MongoDB was sent. Some calls share one, and some need two. */
  readonly commands: number;
  /** The same by what was asked of which collection. */
  readonly asked: Readonly<Record<string, number>>;
}

const spec = JSON.parse(process.argv[2] ?? "{}") as MongoWorkerSpec;
const told = {
  posts: 0,
  stored: 0,
  operations: 0,
  commands: 0,
  asked: {} as Record<string, number>,
};

/** Count every call of a method of the driver. */
function countCommands(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const method = Reflect.get(prototype, name) as (...values: readonly unknown[]) => unknown;
    Reflect.set(prototype, name, function (this: unknown, ...values: readonly unknown[]) {
      told.commands += 1;
      const asked = `${String(Reflect.get(this as object, "collectionName") ?? "")}.${name}`;
      told.asked[asked] = (told.asked[asked] ?? 0) + 1;
      return Reflect.apply(method, this, values);
    });
  }
}
countCommands(mongo.Db.prototype, ["command"]);
// What finds one asks by `find`, and what inserts several writes by `bulkWrite`.
countCommands(mongo.Collection.prototype, [
  ...["find", "aggregate", "insertOne", "bulkWrite", "replaceOne", "updateOne"],
  ...["findOneAndUpdate", "deleteOne"],
]);

/** The same object, with every call of its methods counted. */
const counted = <Target extends object>(target: Target): Target =>
  new Proxy(target, {
    get: (of, name) => {
      const member: unknown = Reflect.get(of, name);
      if (typeof member !== "function" || name === "cursorOf") return member;
      return (...values: readonly unknown[]) => {
        told.operations += 1;
        return Reflect.apply(member, of, values);
      };
    },
  });

function countCalls(store: Store): Store {
  const names = Object.keys(collections) as CollectionName[];
  const records = Object.fromEntries(names.map((name) => [name, counted(store[name])]));
  return { ...store, ...records, lanes: counted(store.lanes) };
}

async function post({ slackTeamId, channelId }: SlackChannel) {
  told.posts += 1;
  const { answersAfterMs = 0 } = spec;
  if (answersAfterMs === "never") await new Promise(() => {});
  else if (answersAfterMs > 0) await pause(answersAfterMs);
  const place = { platform: "slack", workspace: slackTeamId, channel: channelId } as const;
  const ref = { ...place, message: `${process.pid} ${told.posts}` };
  return { result: { kind: "sent", ref }, request: null, response: null } as const;
}

const { hub, log } = createHubOver(countCalls(await openMongoStore({ url: spec.url })));
log.subscribe(({ kind }) => {
  if (kind === "delivery.attempted") told.stored += 1;
});
hub.connect({
  kind: "slack",
  paces: [],
  budgets: [],
  post: (destination) => post(destination as SlackChannel),
  note: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  edit: async () => ({ result: { kind: "sent" }, request: null, response: null }),
});
if (spec.fill) {
  const { lanes, each } = spec.fill;
  const names = Array.from({ length: lanes }, (_, number) => `lane ${number}`);
  await seedHub(hub, { destinations: names, rules: [] });
  for (const name of names) await fillLane(hub.store, channelOf(name), each);
}
const tell = () => process.stdout.write(`${JSON.stringify(told satisfies MongoWorkerReport)}\n`);
createInterface({ input: process.stdin }).on("line", (word) => {
  if (word === "go") {
    told.operations = 0;
    told.commands = 0;
    told.asked = {};
    hub.deliver();
  } else tell();
});
tell();
