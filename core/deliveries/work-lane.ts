import type { OpenDelivery } from "../domain/delivery.ts";
import type { DestinationKind } from "../domain/destination.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { DestinationAdapter } from "../ports/chat-platform.ts";
import type { LaneLease, LaneMemory } from "../ports/store.ts";
import { Ahead } from "./ahead.ts";
import { type AttemptDeps, type Attempted, attemptDelivery } from "./attempt.ts";
import type { Asked, Budgets } from "./budgets.ts";
import { type Choice, chooseNext, type Step } from "./choose.ts";
import { holdLane, holdLike, releaseHeld } from "./held.ts";
import type { Handed } from "./own-lanes.ts";
import { mayLeaveFrom, rememberSend, withOthersMemory, withoutTimesToCome } from "./pacing.ts";
import type { PlaceTrouble } from "./place-trouble.ts";
import { putOff } from "./put-off.ts";
import type { Rounds } from "./rounds.ts";
import { workspaceOfDelivery } from "./workspace-of-delivery.ts";

export interface WorkingDeps extends AttemptDeps {
  readonly organization: OrganizationId;
  readonly budgets: Budgets;
  readonly rounds: Rounds;
  /** Note what a try that was stored says of its place. What waits in its lane is held by then. */
  readonly placeTrouble: (trouble: PlaceTrouble) => Promise<void>;
  /** What a platform counts and how, once its code is loaded; undefined while it is not connected. */
  readonly limits: (
    platform: DestinationKind,
  ) => Promise<Pick<DestinationAdapter, "paces" | "budgets"> | undefined>;
}

/** How long a lane stays with a process that says nothing more: after that, another one goes on with it. */
export const leaseMs = 12_000;
/** A send may take longer than the lease, so the lease is renewed meanwhile. */
const renewMs = 4_000;

/** A delivery that may leave, with the call that was taken for it. */
interface Taken {
  readonly choice: Choice;
  readonly asked: Asked | undefined;
}

/** What whoever claims lanes says to the one that works one. A process whose clock jumped has claimed its own lane again. */
export interface LaneTurn extends Handed {
  /** Tell whether to give the lane back, though something of it may leave. */
  readonly isEnough: () => boolean;
}

/** Work one lane until nothing of it may leave, or it is enough, then give it back with the time to look again. */
export async function workLane(
  deps: WorkingDeps,
  first: LaneLease,
  { isEnough, newest, takeNewest }: LaneTurn,
): Promise<void> {
  const { store, clock } = deps;
  const acting = { ...deps, newest };
  const keep = createKeeping(deps, first);
  const ahead = new Ahead();
  let lease: LaneLease | undefined = first;
  let memory = first.memory;
  while (lease) {
    memory = withoutTimesToCome(memory, clock.now().getTime());
    const taken: Taken = isEnough()
      ? { choice: { kind: "wait", until: clock.now().getTime() }, asked: undefined }
      : await take(deps, lease, memory, ahead);
    const { choice } = taken;
    if (choice.kind === "wait") {
      const at = choice.until === undefined ? {} : { at: new Date(choice.until) };
      // Under a newer lease something may have come since, so that one is not given back here: its own turn follows.
      return store.lanes.release(lease, { ...at, memory });
    }
    memory = await act(acting, lease, memory, choice, taken.asked);
    const held = takeNewest(lease);
    if (held !== lease) memory = withOthersMemory(memory, held.memory);
    lease = await keep(held, memory);
  }
}

/**
 * Make the step that keeps the lane between two sends. It asks the store when the lane remembers something new, which
 * must outlive a crash, or when the lease was not renewed for a while; a clock that was set back counts as a while. So
 * whoever stood still longer than the lease finds out before it sends again.
 */
function createKeeping({ store, clock }: WorkingDeps, { memory }: LaneLease) {
  const now = () => clock.now().getTime();
  // However long ago the lane was claimed: the first answer of the store tells.
  let kept = { at: Number.NEGATIVE_INFINITY, memory: JSON.stringify(memory) };
  return async (lease: LaneLease, remembered: LaneMemory): Promise<LaneLease | undefined> => {
    const text = JSON.stringify(remembered);
    const age = now() - kept.at;
    if (text === kept.memory && age >= 0 && age < renewMs) return lease;
    kept = { at: now(), memory: text };
    return store.lanes.renew(lease, leaseMs, remembered);
  };
}

/** Choose what leaves next, not before the lane's pause is over, nor faster than its pace and the budgets allow. */
async function take(
  deps: WorkingDeps,
  { lane }: LaneLease,
  { sends, pausedUntil }: LaneMemory,
  ahead: Ahead,
): Promise<Taken> {
  const now = deps.clock.now().getTime();
  if (pausedUntil > now) return { choice: { kind: "wait", until: pausedUntil }, asked: undefined };
  let asked: Asked | undefined;
  const mayLeaveAt = async (delivery: OpenDelivery) => {
    const paced = mayLeaveFrom(await pacesOf(deps, delivery.platform), sends, delivery);
    if (paced > now) return paced;
    asked = await askedFor(deps, delivery);
    return asked ? deps.budgets.take(asked) : 0;
  };
  const choice = await chooseNext({ store: deps.store, lane, now, ahead, mayLeaveAt });
  return { choice, asked };
}

async function pacesOf({ limits }: WorkingDeps, platform: OpenDelivery["platform"]) {
  return platform === "callback" ? [] : ((await limits(platform))?.paces ?? []);
}

/** What to ask of which budget for a delivery; undefined where nothing counts it. */
async function askedFor(
  { store, limits }: WorkingDeps,
  delivery: OpenDelivery,
): Promise<Asked | undefined> {
  const { task, platform, priority } = delivery;
  if (task.kind === "callback" || platform === "callback") return undefined;
  const limited = await limits(platform);
  const budget = limited?.budgets.find(({ tasks }) => tasks.includes(task.kind));
  if (!budget) return undefined;
  const workspace = await workspaceOfDelivery(store, delivery);
  return workspace === undefined ? undefined : { platform, workspace, budget, priority };
}

type ActingDeps = WorkingDeps & Pick<Handed, "newest">;

/** Do what was chosen, and answer what the lane remembers of it. */
async function act(
  deps: ActingDeps,
  lease: LaneLease,
  memory: LaneMemory,
  step: Step,
  asked: Asked | undefined,
): Promise<LaneMemory> {
  switch (step.kind) {
    case "put_off":
      await putOff(deps.store, step.delivery, new Date(step.until));
      return memory;
    case "hold":
      await holdLike(deps, step.delivery, step.behind);
      return { ...memory, holds: true };
    case "send": {
      // A call that was taken from a budget is made at once.
      if (!asked) await deps.rounds.meet();
      const attempted = await whileKept(deps, lease, memory, () =>
        attemptDelivery(deps, lease, step.delivery),
      );
      if (asked && !attempted.result) deps.budgets.giveBack(asked);
      const told = await pauseBudget(deps, asked, attempted);
      const after = await remember(deps, memory, step.delivery, attempted, told);
      return learn(deps, lease, after, step.delivery, attempted);
    }
  }
}

/**
 * Do something with the lane kept, by the lease that holds it at each moment. A process that stands still keeps nothing:
 * then what it writes later is refused.
 */
async function whileKept<Value>(
  { store, log, newest }: ActingDeps,
  lease: LaneLease,
  memory: LaneMemory,
  step: () => Promise<Value>,
): Promise<Value> {
  let renewed: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    const held = newest(lease);
    // What another holder left behind is not known here yet, so a newer lease keeps that.
    const left = held === lease ? memory : held.memory;
    renewed = store.lanes.renew(held, leaseMs, left).catch((cause: unknown) => {
      log.write({ kind: "hub.trouble", where: "lanes.renew", error: String(cause) });
    });
  }, renewMs);
  try {
    return await step();
  } finally {
    clearInterval(timer);
    // What the lane remembers afterwards is not overwritten by a renewal that is still on its way.
    await renewed;
  }
}

/** Hold up a whole budget where its platform means that by Retry-After. Answers whether it did. */
async function pauseBudget(
  { budgets }: WorkingDeps,
  asked: Asked | undefined,
  { result }: Attempted,
): Promise<boolean> {
  if (asked?.budget.retryAfter !== "workspace") return false;
  if (result?.kind !== "retry" || result.afterMs === undefined) return false;
  await budgets.pause(asked, result.afterMs);
  return true;
}

async function remember(
  deps: WorkingDeps,
  memory: LaneMemory,
  delivery: OpenDelivery,
  { result }: Attempted,
  told: boolean,
): Promise<LaneMemory> {
  const now = deps.clock.now().getTime();
  const pauseMs = !told && result?.kind === "retry" ? (result.afterMs ?? 0) : 0;
  const paces = result ? await pacesOf(deps, delivery.platform) : [];
  return {
    ...memory,
    sends: rememberSend(paces, memory.sends, delivery, now),
    ...(pauseMs > 0 ? { pausedFrom: now, pausedUntil: now + pauseMs } : {}),
  };
}

/**
 * When a place is lost, what is behind waits for the same; when a send passes again, what was held goes on. That may be
 * many, and no other lane waits for it.
 *
 * The place is noted as lost when all of it is held: whoever finds the place whole again lets out what is held then, and
 * nothing is held after that.
 */
async function learn(
  deps: WorkingDeps,
  lease: LaneLease,
  memory: LaneMemory,
  delivery: OpenDelivery,
  { result, held, trouble }: Attempted,
): Promise<LaneMemory> {
  if (held) await deps.rounds.away(() => holdLane(deps, lease, held));
  if (trouble) await deps.placeTrouble(trouble);
  if (held) return { ...memory, holds: true };
  if (!memory.holds || result?.kind !== "sent") return memory;
  const { holds: _, ...rest } = memory;
  const { task, platform } = delivery;
  if (platform === "callback" || task.kind === "callback") return rest;
  await deps.rounds.away(async () => {
    await releaseHeld(deps, { platform, kind: "channel", destination: task.destination });
    const workspace = await workspaceOfDelivery(deps.store, delivery);
    if (workspace === undefined) return;
    await releaseHeld(deps, { platform, kind: "workspace", workspace });
  });
  return rest;
}
