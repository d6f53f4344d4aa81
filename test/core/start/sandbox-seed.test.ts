import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EventType } from "../../../core/domain/event-type.ts";
import { findType, recordOf } from "../../../core/event-types/find-type.ts";
import type { Store } from "../../../core/ports/store.ts";
import { seedSandbox } from "../../../core/start/sandbox-seed.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { type HandClock, handClock } from "../../contracts/hand-clock.ts";
import { organization } from "../domain/samples.ts";

let clock: HandClock;
let store: Store;
beforeEach(() => {
  clock = handClock();
  store = openSqliteStore({ path: ":memory:", clock });
});
afterEach(() => store.close());

const seed = () =>
  seedSandbox({
    ...{ organization, store, platforms: [], callback: "http://127.0.0.1:1/callbacks" },
    ...{ sealedCallbackSecret: "sealed", now: clock.now() },
  });

describe("the sandbox's own types of events", () => {
  it("are known from the first start on", async () => {
    await seed();
    expect(await findType(store, organization, "deploy.requested")).toMatchObject({
      texts: { title: "Deploy {{ data.service }} {{ data.version }}" },
    });
  });

  it("replace what an earlier state kept of them, which nobody can use", async () => {
    await seed();
    const whole = await findType(store, organization, "deploy.requested");
    if (!whole) throw new Error("the seed has no such type");
    const { texts: _, approval: __, ...old } = whole;
    await store.eventTypes.replace({ ...old, revision: 2 } as EventType, 1);
    expect(await findType(store, organization, "deploy.requested")).toBeUndefined();
    await seed();
    expect(await findType(store, organization, "deploy.requested")).toEqual({
      ...whole,
      revision: 3,
    });
  });

  it("stay as somebody changed them", async () => {
    await seed();
    const whole = await findType(store, organization, "deploy.finished");
    if (!whole) throw new Error("the seed has no such type");
    const changed = recordOf(organization, { ...whole, texts: { title: "Done" } }, 2);
    await store.eventTypes.replace(changed, 1);
    await seed();
    expect(await findType(store, organization, "deploy.finished")).toEqual(changed);
  });
});
