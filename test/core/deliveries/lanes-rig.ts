import { announce } from "../../../core/approvals/announce.ts";
import { recordVote } from "../../../core/approvals/record-vote.ts";
import type { PlaceTrouble } from "../../../core/deliveries/place-trouble.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import type { Delivery } from "../../../core/domain/delivery.ts";
import type { ChatChannel, DestinationKind } from "../../../core/domain/destination.ts";
import type { Message } from "../../../core/domain/message.ts";
import type { MessageRef } from "../../../core/domain/message-ref.ts";
import type { Person } from "../../../core/domain/person.ts";
import type { RaisedEvent } from "../../../core/domain/raised-event.ts";
import type { SendReport, SendResult } from "../../../core/domain/send-result.ts";
import type { HubDeps } from "../../../core/hub/hub-deps.ts";
import { createOutgoing } from "../../../core/hub/outgoing.ts";
import { expandEvent } from "../../../core/ingest/expand.ts";
import type { DestinationAdapter } from "../../../core/ports/chat-platform.ts";
import type { Lanes, Store } from "../../../core/ports/store.ts";
import { ann, slackChannel, start, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

/** What a scripted place answers: a result, a promise of one, or an error that it throws. */
export type Scripted = SendResult | Promise<SendResult> | Error;

export interface LanesRig {
  readonly world: World;
  /** What was sent, as `seconds what place: state`. */
  readonly calls: string[];
  /** What the hub said of itself, once for each occasion. */
  readonly raised: RaisedEvent[];
  /** The notes in threads, as `place: words`. */
  readonly notes: string[];
  /** The messages that were sent, in order. */
  readonly shown: Message[];
  /** Where messages were edited and notes written, in order. */
  readonly refs: MessageRef[];
  /** Where callbacks went, in order. */
  readonly urls: string[];
  /** What sends found out about their places. */
  readonly troubles: PlaceTrouble[];
  /** What happens as soon as a trouble was noted. */
  readonly whenTroubled: (act: () => Promise<unknown>) => void;
  /** Take the code of a platform away, until it is loaded; false: it could not be. Resolves when somebody asks for it. */
  load(kind: ChatChannel["kind"], loaded: Promise<boolean>): Promise<void>;
  /** Script the next answers of `post #releases`, `edit Ops › General` and the like; else all is sent. */
  answer(call: string, ...answers: readonly Scripted[]): void;
  /** Start a worker, or another one over the same store. */
  work(): { stop(): Promise<void>; poke(): void };
  /** Resolves when nothing may leave now. */
  drain(): Promise<void>;
  /** Resolves when so many calls were made. */
  called(count: number): Promise<void>;
  /** Post a deploy, which opens a request and goes to both channels. */
  request(subject: string): Promise<Approval>;
  /** Post an event that asks nothing; it goes to #releases. */
  tell(subject: string): Promise<void>;
  /** Decide a request, and enqueue what follows. */
  decide(approval: Approval, choice?: "approve" | "reject", voter?: Person): Promise<void>;
  deliveries(kind?: Delivery["task"]["kind"]): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}

const places = new Map([
  ...[slackChannel, teamsChannel].map(({ channelId, name }) => [channelId, name] as const),
  ["C2", "#ops"],
]);

/** What the scripted platforms count. */
export type Limits = Pick<DestinationAdapter, "paces" | "budgets">;

const slackLimits: Limits = {
  paces: [{ tasks: ["post", "note"], count: 1, ms: 1_000 }],
  budgets: [],
};
const noLimits: Limits = { paces: [], budgets: [] };

/** Make lanes over a store in memory, brought out by workers whose places are scripted. */
export async function openLanes(
  limits: Partial<Record<ChatChannel["kind"], Partial<Limits>>> = {},
): Promise<LanesRig> {
  const world = await openWorld();
  await world.route([
    { types: ["deploy.*"], to: ["#releases", "Ops › General"], policy: "production" },
    { to: ["#releases"] },
  ]);
  const calls: string[] = [];
  const raised: RaisedEvent[] = [];
  const notes: string[] = [];
  const shown: Message[] = [];
  const refs: MessageRef[] = [];
  const urls: string[] = [];
  const troubles: PlaceTrouble[] = [];
  let afterTrouble: () => Promise<unknown> = async () => {};
  const scripts = new Map<string, Scripted[]>();
  const waiting: { readonly count: number; readonly done: () => void }[] = [];

  const take = async (call: string, state: string, usual: SendResult): Promise<SendReport> => {
    calls.push(`${(world.clock.now().getTime() - start.getTime()) / 1_000} ${call}: ${state}`);
    for (const { count, done } of waiting) if (calls.length >= count) done();
    const scripted = scripts.get(call)?.shift() ?? usual;
    if (scripted instanceof Error) throw scripted;
    const result = await scripted;
    return { result, status: 200, request: { call }, response: { result } };
  };
  const adapterOf = (kind: ChatChannel["kind"], usual: Limits): DestinationAdapter => ({
    kind,
    ...usual,
    ...limits[kind],
    post: (place, message) => {
      const { name, channelId } = place as ChatChannel;
      const workspace = kind === "slack" ? slackChannel.slackTeamId : teamsChannel.entraTenantId;
      shown.push(message);
      const ref = { platform: kind, workspace, channel: channelId, message: `m${calls.length}` };
      return take(`post ${name}`, `${message.state} ${message.title}`, { kind: "sent", ref });
    },
    edit: (ref, message) => {
      shown.push(message);
      refs.push(ref);
      const place = places.get(ref.channel);
      return take(`edit ${place}`, `${message.state} ${message.title}`, { kind: "sent" });
    },
    note: async (ref, { plainText }) => {
      refs.push(ref);
      notes.push(`${places.get(ref.channel)}: ${plainText}`);
      const result = scripts.get(`note ${places.get(ref.channel)}`)?.shift() ?? { kind: "sent" };
      if (result instanceof Error) throw result;
      return { result: await result, status: 200, request: {}, response: {} };
    },
  });
  const adapters = new Map<DestinationKind, DestinationAdapter>([
    ["slack", adapterOf("slack", slackLimits)],
    ["teams", adapterOf("teams", noLimits)],
  ]);
  const expected = new Map<DestinationKind, Promise<unknown>>();
  const asked = new Map<DestinationKind, () => void>();
  const readExpected = expected.get.bind(expected);
  expected.get = (kind) => {
    asked.get(kind)?.();
    return readExpected(kind);
  };

  const { store, ...watching } = watchIdle(world.store);
  const deps: HubDeps = {
    ...world,
    store,
    wallClock: world.clock,
    placeTrouble: async (trouble) => {
      troubles.push(trouble);
      await afterTrouble();
    },
    callback: (url, { label }, { state, title }) => {
      urls.push(url);
      return take(`callback ${label}`, `${state} ${title}`, { kind: "sent" });
    },
  };
  const workers: ReturnType<typeof createOutgoing>[] = [];

  return {
    world,
    calls,
    raised,
    notes,
    shown,
    refs,
    urls,
    troubles,
    whenTroubled: (act) => {
      afterTrouble = act;
    },
    load: (kind, loaded) => {
      const adapter = adapters.get(kind);
      adapters.delete(kind);
      const arriving = loaded.then((arrives) => {
        if (arrives && adapter) adapters.set(kind, adapter);
      });
      expected.set(kind, arriving);
      return new Promise((done) => asked.set(kind, done));
    },
    answer: (call, ...answers) => void scripts.set(call, [...answers]),
    work: () => {
      const worker = createOutgoing(
        deps,
        { adapters, expected },
        {
          raise: async (event) => {
            if (!raised.some(({ occasion }) => occasion === event.occasion)) raised.push(event);
          },
          arrived: async () => {},
        },
      );
      workers.push(worker);
      worker.start();
      return worker;
    },
    drain: () => {
      const idle = watching.idle();
      for (const worker of workers) worker.poke();
      return idle;
    },
    called: (count) => {
      for (const worker of workers) worker.poke();
      if (calls.length >= count) return Promise.resolve();
      return new Promise((done) => waiting.push({ count, done }));
    },
    request: async (subject) => {
      const data = { title: subject };
      const taken = await world.post({ type: "deploy.requested", id: subject, subject, data });
      const receipt = taken.kind === "accepted" ? taken.receipts[0] : undefined;
      if (!receipt?.opening) throw new Error("no request was opened");
      await expandEvent(world, receipt.accepted);
      return receipt.opening.approval;
    },
    tell: async (subject) => {
      const data = { title: subject };
      const taken = await world.post({ type: "build.finished", id: subject, subject, data });
      if (taken.kind === "refused") throw new Error(taken.problem.detail);
      for (const { accepted } of taken.receipts) await expandEvent(world, accepted);
    },
    decide: async (approval, choice = "approve", voter = ann) => {
      const draft = {
        voter,
        action: choice,
        reason: "not now",
        via: "web",
        identity: "session",
      } as const;
      const voting = { ...world, changed: () => {} };
      const vote = await recordVote(voting, approval, {
        ...draft,
        click: `${voter.name} ${choice}`,
      });
      if (vote.kind === "refused") throw new Error(vote.refusal.because);
      await announce(world, vote.approval);
    },
    deliveries: async (kind) => {
      const all = await world.store.deliveries.scan("byTime", { limit: 1_000_000 });
      return all.filter(({ task }) => kind === undefined || task.kind === kind);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await world.close();
    },
  };
}

/** Watch a store's lanes, to know when no lane is held and none is due. */
function watchIdle(real: Store): { readonly store: Store; idle(): Promise<void> } {
  let claims = 0;
  let held = 0;
  let waiting: { readonly since: number; readonly done: () => void }[] = [];
  const lanes: Lanes = {
    ...real.lanes,
    claim: async (owner, leaseMs) => {
      claims += 1;
      const claim = claims;
      const lease = await real.lanes.claim(owner, leaseMs);
      if (lease) held += 1;
      if (lease || held > 0) return lease;
      for (const { since, done } of waiting) if (since < claim) done();
      waiting = waiting.filter(({ since }) => since >= claim);
      return lease;
    },
    renew: async (lease, leaseMs, memory) => {
      const renewed = await real.lanes.renew(lease, leaseMs, memory);
      if (!renewed) held -= 1;
      return renewed;
    },
    release: async (lease, next) => {
      await real.lanes.release(lease, next);
      held -= 1;
    },
  };
  return {
    store: { ...real, lanes },
    idle: () => new Promise((done) => waiting.push({ since: claims, done })),
  };
}
