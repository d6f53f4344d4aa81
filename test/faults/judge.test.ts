import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callbackId } from "../../core/deliveries/keys.ts";
import type { Delivery } from "../../core/domain/delivery.ts";
import { deriveId } from "../../core/domain/ids.ts";
import { expandEvent } from "../../core/ingest/expand.ts";
import { openWorld, type World } from "../core/hub/world.ts";
import { whatIsAmiss } from "../fixtures/rig/ends.ts";
import { type History, historyOf } from "../fixtures/rig/history.ts";
import { outOfOrder, tooOften } from "./judge.ts";

/** A history of one event whose cards are out, as the checks of the kills read it. */
async function settledHistory({ store, storedEvents, ...deps }: World): Promise<History> {
  for (const accepted of storedEvents) await expandEvent({ store, ...deps }, accepted);
  const history = await historyOf(store);
  return { ...history, deliveries: history.deliveries.map(delivered) };
}

function delivered(delivery: Delivery): Delivery {
  const { organization, revision, lane, task, priority, event, label, platform } = delivery;
  return {
    ...{ id: delivery.id, organization, revision, lane, task, priority, event, label, platform },
    ...(delivery.approval === undefined ? {} : { approval: delivery.approval }),
    attempts: 1,
    createdAt: delivery.createdAt,
    state: "delivered",
    shownRevision: 1,
    durationMs: 1,
    settledAt: delivery.createdAt,
  };
}

describe("the judge of histories", () => {
  let world: World;
  let history: History;
  const first = () => history.deliveries[0] as Delivery;
  beforeEach(async () => {
    world = await openWorld();
    await world.post({ type: "deploy.requested", subject: "web/1", data: { title: "Deploy web" } });
    history = await settledHistory(world);
  });
  afterEach(() => world.close());

  it("finds nothing amiss where everything came out", () => {
    expect(history.deliveries).toHaveLength(2);
    expect(whatIsAmiss(history)).toEqual([]);
  });

  it("names a planned delivery that is missing", () => {
    const amiss = whatIsAmiss({ ...history, deliveries: history.deliveries.slice(1) });
    expect(amiss).toEqual([expect.stringContaining("is missing")]);
  });

  it("names a delivery that nobody planned", () => {
    const phantom = { ...first(), id: deriveId("delivery", "phantom") };
    const amiss = whatIsAmiss({ ...history, deliveries: [...history.deliveries, phantom] });
    expect(amiss).toEqual([expect.stringContaining("was never planned")]);
  });

  it("names what has no end, and what is not expanded or announced", () => {
    const { state: _, ...record } = first() as Delivery & { readonly state: "delivered" };
    const pending: Delivery = { ...record, state: "pending", dueAt: record.createdAt };
    const amiss = whatIsAmiss({
      ...history,
      events: history.events.map((one) => ({ ...one, state: "accepted" })),
      approvals: history.approvals.map((one) => ({ ...one, announced: 0 })),
      deliveries: [pending, ...history.deliveries.slice(1)],
    });
    expect(amiss).toHaveLength(3);
  });

  it("names a copy that shows something old", () => {
    const approvals = history.approvals.map((one) => ({ ...one, revision: 2, announced: 2 }));
    expect(whatIsAmiss({ ...history, approvals })).toEqual([
      expect.stringContaining("shows revision 1 of 2"),
      expect.stringContaining("shows revision 1 of 2"),
    ]);
  });

  it("names what is held for a place that is whole, and nothing that is held for a broken one", () => {
    const { state: _, ...record } = first() as Delivery & { readonly state: "delivered" };
    const [place] = history.destinations;
    if (!place) throw new Error("There is no destination.");
    const held: Delivery = {
      ...record,
      state: "held",
      awaits: { kind: "channel", destination: place.id },
      cause: "not_in_channel",
      heldAt: record.createdAt,
    };
    const deliveries = [held, ...history.deliveries.slice(1)];
    expect(whatIsAmiss({ ...history, deliveries })).toEqual([
      expect.stringContaining("which is not broken"),
    ]);
    const broken = { ...place, broken: { code: "not_in_channel", at: record.createdAt } };
    expect(whatIsAmiss({ ...history, deliveries, destinations: [broken] })).toEqual([]);
  });

  it("names a callback that was given up without a word", () => {
    const [request] = history.approvals;
    if (!request) throw new Error("There is no request.");
    const dead = {
      ...first(),
      ...{ id: callbackId(request.id, "approved"), platform: "callback", state: "dead" },
      ...{ task: { kind: "callback" }, approval: request.id, cause: "http_410" },
    } as Delivery;
    const amiss = whatIsAmiss({ ...history, deliveries: [...history.deliveries, dead] });
    expect(amiss).toContainEqual(expect.stringContaining("no event tells of it"));
  });

  it("names an edit that left before the post that it edits", () => {
    const post = first();
    const task = {
      kind: "edit",
      destination: deriveId("destination", "d"),
      copy: post.id,
    } as const;
    const edit: Delivery = { ...post, id: deriveId("delivery", "e"), task, approvalRevision: 2 };
    const tried = ({ id }: Delivery, startedAt: Date) => ({
      ...{ id: deriveId("attempt", id), organization: world.organization, revision: 1 },
      ...{ delivery: id, number: 1, outcome: "sent" as const, request: "", response: "" },
      ...{ startedAt, durationMs: 1 },
    });
    const deliveries = [post, edit];
    const [early, late] = [new Date(1_000), new Date(2_000)];
    const inOrder = [tried(post, early), tried(edit, late)];
    expect(outOfOrder({ ...history, deliveries, attempts: inOrder })).toEqual([]);
    const swapped = [tried(post, late), tried(edit, early)];
    expect(outOfOrder({ ...history, deliveries, attempts: swapped })).toHaveLength(1);
  });

  it("names a card that came more often than sends in flight explain", () => {
    const card = { text: "Deploy web", channel_name: first().label } as never;
    expect(tooOften(history, new Map(), [card], [])).toEqual([]);
    expect(tooOften(history, new Map(), [card, card], [])).toHaveLength(1);
    expect(tooOften(history, new Map([[first().id, new Set([1])]]), [card, card], [])).toEqual([]);
  });
});
