import type { Delivery } from "../domain/delivery.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Budget } from "../ports/chat-platform.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { BudgetUse } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import { addBlock, blockMs, freeCalls, freeFrom, pausedUntil } from "./budget-use.ts";

export interface BudgetsDeps {
  readonly store: Pick<Store, "budgets">;
  readonly organization: OrganizationId;
  readonly clock: Clock;
  readonly random: Pick<Random, "fraction">;
}

/** One budget of one workspace, asked for a delivery of some priority. */
export interface Asked {
  readonly platform: string;
  readonly workspace: string;
  readonly budget: Budget;
  readonly priority: Delivery["priority"];
}

/** Calls that all lanes and processes share, counted in the store. */
export interface Budgets {
  /** Take one call. Answers 0 when it may be made now, else when to ask again. */
  take(asked: Asked): Promise<number>;
  /** Give back a call that was taken and not made. */
  giveBack(asked: Asked): void;
  /** Let nobody make such calls for so long: the platform's own word. */
  pause(asked: Asked, ms: number): Promise<void>;
}

/** Calls that this process has taken and not made yet. */
interface Block {
  readonly calls: number;
  left: number;
  readonly from: number;
  readonly until: number;
}

/**
 * Count calls against the budgets of workspaces.
 *
 * A process takes calls in blocks, and a block counts as used until it has run out; so no window ever has more calls
 * than the platform takes, however many processes there are, and a busy process writes once for many calls. Blocks grow
 * while they are used up and shrink to what was used, so that a quiet hub takes from nobody. A call that would be taken
 * reads the record each time, so a pause that another process has met holds here at once.
 */
export function createBudgets(deps: BudgetsDeps): Budgets {
  const { store, clock } = deps;
  const blocks = new Map<string, Block>();
  const turns = new Map<string, Promise<unknown>>();
  const now = () => clock.now().getTime();

  /** One at a time for each budget, so that lanes of one process share a block and do not race for it. */
  const inTurn = <Value>(id: string, step: () => Promise<Value>): Promise<Value> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(step, step);
    turns.set(id, turn);
    return turn;
  };

  const takeOwn = (asked: Asked, time: number): boolean => {
    const block = blocks.get(blockOf(asked));
    if (!block || block.left < 1 || time < block.from || time >= block.until) return false;
    block.left -= 1;
    return true;
  };

  const takeNow = async (asked: Asked): Promise<number> => {
    const { budget, priority } = asked;
    for (;;) {
      const time = now();
      const kept = await store.budgets.get(idOf(asked));
      const paused = pausedUntil(kept, time);
      if (paused > 0) return paused;
      if (takeOwn(asked, time)) return 0;
      const free = freeCalls(kept, budget, priority, time);
      if (free < 1) return freeFrom(kept, budget, priority, time) + jitterOf(deps, budget);
      const calls = Math.min(free, wishOf(blocks.get(blockOf(asked)), budget));
      const block = { calls, left: calls, from: time, until: time + blockMs(budget) };
      const taken = await write(deps, kept, asked, (use) => addBlock(use, budget, calls, time));
      if (taken) blocks.set(blockOf(asked), block);
    }
  };

  return {
    take: (asked) => inTurn(idOf(asked), () => takeNow(asked)),
    giveBack: (asked) => {
      const block = blocks.get(blockOf(asked));
      if (block && block.left < block.calls) block.left += 1;
    },
    pause: (asked, ms) =>
      inTurn(idOf(asked), async () => {
        const from = now();
        for (;;) {
          const kept = await store.budgets.get(idOf(asked));
          const until = Math.max(pausedUntil(kept, from), from + ms);
          const pause = { from, until };
          if (await write(deps, kept, asked, (use) => ({ ...use, pause }))) return;
        }
      }),
  };
}

const idOf = ({ platform, workspace, budget }: Asked) => `${platform} ${workspace} ${budget.name}`;
const blockOf = (asked: Asked) => `${idOf(asked)} ${asked.priority}`;

/** Lanes that wait for the same calls come back one after the other, and each has its chance to be first. */
const jitterOf = ({ random }: BudgetsDeps, budget: Budget) =>
  Math.ceil(random.fraction() * blockMs(budget));

/** As many as the last block was used for; twice as many where it did not last. */
function wishOf(last: Block | undefined, { count }: Budget): number {
  if (!last) return 1;
  const wish = last.left === 0 ? last.calls * 2 : last.calls - last.left;
  return Math.max(1, Math.min(wish, Math.floor(count / 10)));
}

async function write(
  { store, organization }: BudgetsDeps,
  kept: BudgetUse | undefined,
  asked: Asked,
  change: (use: BudgetUse) => BudgetUse,
): Promise<boolean> {
  if (!kept) {
    const fresh = { id: idOf(asked), organization, revision: 1, blocks: [] };
    return (await store.budgets.insert(change(fresh))) === "inserted";
  }
  const next = { ...change(kept), revision: kept.revision + 1 };
  return (await store.budgets.replace(next, kept.revision)) === "saved";
}
