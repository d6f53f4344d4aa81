import { afterEach, beforeEach, expect, it } from "vitest";
import { editAgain } from "../../../core/deliveries/try-again.ts";
import type { DeadDelivery } from "../../../core/domain/delivery.ts";
import { later, postOf, slackChannel, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const lostAt = later(1_000);

/** A dead edit of a card in the Slack channel. */
function deadEdit(number: number, over: Partial<DeadDelivery> = {}): DeadDelivery {
  const { state: _, dueAt: __, waitingFor: ___, ...post } = { waitingFor: "", ...postOf(number) };
  return {
    ...post,
    task: { kind: "edit", destination: slackChannel.id, copy: postOf(0).id },
    attempts: 1,
    state: "dead",
    cause: "is_inactive: unarchive the channel, or choose another",
    settledAt: later(1_001),
    ...over,
  };
}

it("A18: puts back what a place refused while it was lost, however much is dead, and nothing else", async () => {
  const { store } = world;
  const meant = [deadEdit(1), deadEdit(200, { attempts: 4 })];
  const others = [
    deadEdit(2, { task: { kind: "post", destination: slackChannel.id } }),
    deadEdit(3, { task: { kind: "edit", destination: teamsChannel.id, copy: postOf(0).id } }),
    deadEdit(4, { settledAt: later(900) }),
    deadEdit(5, { attempts: 5 }),
    ...Array.from({ length: 150 }, (_, at) => deadEdit(10 + at, { settledAt: later(-90) })),
  ];
  for (const one of [...meant, ...others]) await store.deliveries.insert(one);
  await editAgain(world, slackChannel.id, lostAt);
  for (const { id } of meant)
    expect(await store.deliveries.get(id)).toMatchObject({ state: "pending", requeued: {} });
  for (const { id } of others)
    expect(await store.deliveries.get(id)).toMatchObject({ state: "dead" });
});
