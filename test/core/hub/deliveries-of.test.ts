import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pending } from "../../../core/deliveries/enqueue.ts";
import { adoptedId } from "../../../core/deliveries/keys.ts";
import type { Delivery } from "../../../core/domain/delivery.ts";
import type { Destination } from "../../../core/domain/destination.ts";
import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { deliveriesOf, deliveriesOfId } from "../../../core/hub/deliveries-of.ts";
import { postsOf } from "../../../core/ingest/expand.ts";
import type { Store } from "../../../core/ports/store.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { accepted as sample } from "../web/pages/page-fixtures.ts";

const places = ["#one", "#two", "#three"].map(
  (name): Destination => ({
    id: deriveId("destination", name),
    organization: sample.organization,
    revision: 1,
    kind: "slack",
    name,
    slackTeamId: "T1",
    channelId: "C1",
  }),
);
const idOf = ({ id }: { readonly id: string }) => id;

function acceptedOf(name: string): AcceptedEvent {
  const id = deriveId("event", name);
  const plan = { ...sample.plan, destinations: places.map(idOf) };
  return { ...sample, id, event: { ...sample.event, id }, plan } as AcceptedEvent;
}

/** What followed from a post so much later. */
function editAfter({ event }: AcceptedEvent, afterMs: number): Delivery {
  const [place, copy] = [places[0]?.id ?? deriveId("destination", "-"), deriveId("delivery", "c")];
  return pending({
    id: deriveId("delivery", "edit", event.id, afterMs),
    organization: event.organization,
    lane: "lane:slack:one",
    task: { kind: "edit", destination: place, copy },
    priority: 0,
    event: event.id,
    label: "#one",
    platform: "slack",
    createdAt: new Date(event.receivedAt.getTime() + afterMs),
  });
}

describe("the deliveries of an event", () => {
  let store: Store;
  beforeEach(() => {
    store = openSqliteStore({ path: ":memory:", clock: handClock() });
  });
  afterEach(() => store.close());

  const insert = (...deliveries: readonly Delivery[]) =>
    Promise.all(deliveries.map((one) => store.deliveries.insert(one)));

  it("are the posts of its plan and what followed, oldest first, and no other event's", async () => {
    const [mine, other] = [acceptedOf("mine"), acceptedOf("other")];
    const posts = postsOf(mine.event, places.slice(0, 2));
    const edits = [editAfter(mine, 2), editAfter(mine, 1)];
    await insert(...edits, ...posts, ...postsOf(other.event, places), editAfter(other, 1));
    const ids = (await deliveriesOf(store, mine)).map(idOf);
    expect(ids).toEqual([...posts.map(idOf).sort(), ...edits.map(idOf).reverse()]);
    await store.events.insert(mine);
    expect((await deliveriesOfId(store, mine.id)).map(idOf)).toEqual(ids);
  });

  it("stand in the index by event only where the plan does not name them", async () => {
    const mine = acceptedOf("mine");
    await insert(...postsOf(mine.event, places), editAfter(mine, 1));
    const indexed = await store.deliveries.scan("byEvent", { prefix: [mine.id], limit: 9 });
    expect(indexed.map(({ task }) => task.kind)).toEqual(["edit"]);
  });

  it("are found where another copy of a post was kept under an id of its own", async () => {
    const mine = acceptedOf("mine");
    const [post] = postsOf(mine.event, places);
    const twin = { ...(post as Delivery), id: adoptedId("slack T1 C1 1.1") };
    await insert(...(post ? [post] : []), twin);
    expect((await deliveriesOf(store, mine)).map(idOf).sort()).toEqual([post?.id, twin.id].sort());
  });

  it("are told once where an earlier version put a post into the index", async () => {
    const mine = acceptedOf("mine");
    const posts = postsOf(mine.event, places);
    await insert(...posts);
    const deliveries = { ...store.deliveries, scan: async () => posts };
    const ids = (await deliveriesOf({ deliveries }, mine)).map(idOf);
    expect(ids).toEqual(posts.map(idOf).sort());
  });

  it("are none where nobody knows the event", async () => {
    expect(await deliveriesOfId(store, deriveId("event", "unknown"))).toEqual([]);
  });
});
