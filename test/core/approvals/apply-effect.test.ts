import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callbackBody } from "../../../core/destinations/callback/callback-body.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import type { Delivery } from "../../../core/domain/delivery.ts";
import type { AcceptedEvent } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Note } from "../../../core/domain/message.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { findType } from "../../../core/event-types/find-type.ts";
import { expandEvent, expandLeft } from "../../../core/ingest/expand.ts";
import { ingest } from "../../../core/ingest/ingest.ts";
import { approvalCard } from "../../../core/messages/approval-card.ts";
import { conflictNote, differsNote } from "../../../core/messages/notes.ts";
import {
  ann,
  later,
  organization,
  producer,
  slackChannel,
  teamsChannel,
  voteOf,
} from "../domain/samples.ts";
import { links, openWorld, otherProducer, type World } from "../hub/world.ts";
import { readCard } from "../messages/read-card.ts";

const sayNote = (note: Note | undefined) => note?.plainText;

/** On a store that commits events with their deliveries, and on one that takes one record at a time. */
describe.each([{ oneByOne: false }, { oneByOne: true }])("an event about a request (%j)", (how) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(how);
    await world.store.producers.insert(otherProducer);
    await world.route([{ types: ["*"], to: ["#releases", "Ops › General"] }]);
  });
  afterEach(() => world.close());

  /** Post a sample of the catalogue, and let all follow that follows, as often as a crash may make it. */
  async function send(type: string, data: object = {}, more: object = {}, as = producer) {
    const sample = builtinTypes.get(type)?.sample;
    const body = { type, subject: "s/1", data: { ...sample?.data, ...data }, ...more };
    const ingested = await world.post(body, as);
    if (ingested.kind === "refused") throw new Error(JSON.stringify(ingested.problem));
    const [receipt] = ingested.receipts;
    if (!receipt) throw new Error("there is no receipt");
    for (let time = 0; time < 2; time += 1) await expandEvent(world, receipt.accepted);
    return receipt;
  }
  const dated = { expires_at: "2026-11-20T16:00:00Z" };
  async function open(type = "asset_request_created", more: object = {}, as = producer) {
    const { opening } = await send(type, type === "RequestCreated" ? {} : dated, more, as);
    if (!opening) throw new Error("it opened nothing");
    return opening.approval;
  }
  async function read({ id }: Approval): Promise<Approval> {
    const approval = await world.store.approvals.get(id);
    if (!approval) throw new Error("it is gone");
    return approval;
  }
  async function decide(approval: Approval, choice: "approve" | "reject") {
    const now = await read(approval);
    const cast = castVote(now, voteOf(ann, choice, { at: later(5), reason: "because" }), {
      mayDecide: true,
    });
    if (cast.kind !== "decided") throw new Error(`the vote was ${cast.kind}`);
    await world.store.approvals.replace(cast.approval, now.revision);
  }
  const deliveries = async (kind: string) =>
    (await world.store.deliveries.scan("byTime", { limit: 99 })).filter(
      ({ task }) => task.kind === kind,
    );
  const card = async (approval: Approval) =>
    readCard(approvalCard(await read(approval), "slack", links)).join("\n");
  const kinds = () => world.entries.map(({ kind }) => kind);

  it("closes it: the end is the producer's, on every card and in the callback", async () => {
    const approval = await open();
    await send("asset_request_approved");
    expect(await read(approval)).toMatchObject({
      state: "approved",
      revision: 2,
      deciding: { name: "Priya Nair", via: "producer", choice: "approve", action: "approve" },
    });
    expect(await card(approval)).toContain("✓ Approved by Priya Nair at its producer");
    expect(await deliveries("post")).toHaveLength(2);
    expect(await deliveries("note")).toHaveLength(2);
    expect(kinds().filter((kind) => kind === "approval.closed")).toHaveLength(1);
  });

  it.each([
    ["asset_request_rejected", "rejected", "✕ Rejected by Priya Nair"],
    ["approval_expired", "expired", "⏱ Expired at its producer"],
    ["approval_invalidated", "cancelled", "⊘ Cancelled by Noor Haddad"],
    ["approval_executed", "approved", "✓ Approved by the link of Webshop"],
  ])("closes it by %s as %s", async (type, state, line) => {
    const approval = await open();
    await send(type);
    expect((await read(approval)).state).toBe(state);
    expect(await card(approval)).toContain(line);
  });

  it("closes it by the action that was used there", async () => {
    const actions = [{ id: "hold", choice: "reject", label: "Hold" }, "approve"];
    const { opening } = await send("approval_created", { ...dated, actions });
    await send("approval_executed", { action: "hold" });
    expect(opening && (await read(opening.approval)).state).toBe("rejected");
    const second = await open("approval_created");
    await send("approval_executed", { action: "something else" });
    expect((await read(second)).state).toBe("cancelled");
  });

  it("closes it by the very action that was used there, where two of them approve", async () => {
    const actions = ["approve", { id: "canary", choice: "approve", label: "One server" }];
    const { opening } = await send("approval_created", { ...dated, actions });
    await send("approval_executed", { action: "canary" });
    const approval = opening && (await read(opening.approval));
    expect(approval).toMatchObject({ state: "approved", deciding: { action: "canary" } });
    expect(approval && callbackBody(approval, links.hubUrl)).toMatchObject({
      data: { action: "canary", choice: "approve", label: "One server" },
    });
  });

  it("cannot change what was decided here: the difference is shown, told and logged", async () => {
    const approval = await open();
    await decide(approval, "approve");
    await send("asset_request_rejected");
    expect(await read(approval)).toMatchObject({
      state: "approved",
      deciding: { name: "Ann" },
      conflict: { state: "rejected", by: "Priya Nair" },
    });
    expect(await card(approval)).toMatch(/✓ Approved by Ann.*but ci says: Rejected by Priya Nair/s);
    expect(sayNote(conflictNote(await read(approval)))).toBe(
      "but ci says: Rejected by Priya Nair · 14:00 UTC — Here it was settled before as: Approved. That stands.",
    );
    expect(sayNote(conflictNote(await read(approval), "de"))).toContain("Abgelehnt von Priya Nair");
    const notes = await deliveries("note");
    expect(notes.map(({ task }) => task)).toMatchObject([
      { tells: "conflict" },
      { tells: "conflict" },
    ]);
    expect(world.entries.filter(({ kind }) => kind === "approval.conflict")).toMatchObject([
      { state: "approved", sentence: "ci says rejected by Priya Nair, and approved stands" },
    ]);
  });

  it("agrees with what was decided here, and with access that ran out after it", async () => {
    const approval = await open("RequestCreated");
    await decide(approval, "approve");
    await send("RequestApproved");
    await send("RequestExpired");
    expect(await read(approval)).toMatchObject({ state: "approved", revision: 2 });
    expect((await read(approval)).conflict).toBeUndefined();
    expect(kinds()).not.toContain("approval.conflict");
  });

  it.each([
    [
      ...["asset_request_fulfilled", "fulfilled", "27-inch monitor to Chloé Martin"],
      ...["serial", "MX27-00418", "Serial number: MX27-00418"],
    ],
    [
      ...["RequestGranted", "granted", "until 2 Mar 2026, 13:00 UTC"],
      ...["granted_until", "2026-03-02T13:00:00Z", "Permissions: read"],
    ],
    [
      ...["RequestFailed", "failed", "The role app_readonly does not exist on the database."],
      ...["integration", "Orders database", "Orders database"],
    ],
  ])(
    "D23: reports by %s what was done after the approval",
    async (type, kind, detail, field, value, fact) => {
      const approval = await open();
      await decide(approval, "approve");
      await send(type);
      expect(await read(approval)).toMatchObject({
        outcome: { kind, detail, fields: { [String(field)]: value } },
      });
      expect(await card(approval)).toMatch(new RegExp(`${kind} .*: ${detail}.* · .*${fact}`));
      expect(await deliveries("note")).toHaveLength(2);
      expect(await deliveries("post")).toHaveLength(2);
    },
  );

  /** Post a decision and its outcome for each, all in one request, and expand what a crash left of that. */
  const outcomesAfterCrash = async (subjects: readonly string[]) => {
    const requests: Approval[] = [];
    for (const subject of subjects) requests.push(await open("RequestCreated", { subject }));
    const about = (type: string, subject: string) => ({
      ...{ type, subject, id: `${type} ${subject}` },
      data: builtinTypes.get(type)?.sample.data,
    });
    await world.post(
      subjects.flatMap((one) => [about("RequestApproved", one), about("RequestGranted", one)]),
    );
    await expandLeft(world);
    const ends = await Promise.all(requests.map(read));
    return ends.map((end) => "outcome" in end && end.outcome?.kind);
  };

  it("is taken in the order of a request's life where a crash left events of one moment", async () => {
    // The store gives events of one moment in the order of their ids, which is a matter of chance.
    const subjects = ["s/1", "s/2", "s/3", "s/4", "s/5", "s/6"];
    expect(await outcomesAfterCrash(subjects)).toEqual(subjects.map(() => "granted"));
  });

  it("is taken in that order, too, behind so many others that it is not read with all of its moment", async () => {
    const told = await world.post({ type: "build.finished", subject: "b/1" });
    const [found] = await world.store.events.scan("byTime", { order: "descending", limit: 1 });
    if (told.kind === "refused" || !found) throw new Error("it was not stored");
    const plan = { ...found.plan, destinations: [] };
    for (let number = 0; number < 990; number += 1) {
      const id = deriveId("event", `${number}`);
      await world.store.events.insert({
        ...{ ...found, id, event: { ...found.event, id }, plan, state: "accepted" },
      });
    }
    world.clock.pass(1_000);
    const subjects = Array.from({ length: 20 }, (_, number) => `s/${number}`);
    expect(await outcomesAfterCrash(subjects)).toEqual(subjects.map(() => "granted"));
  });

  it("is taken in the order of its batch, however long the store takes for each", async () => {
    const approval = await open("RequestCreated");
    const { events } = world.store;
    const about = (type: string) => ({
      ...{ type, subject: "s/1", data: builtinTypes.get(type)?.sample.data },
    });
    const slow = async (accepted: AcceptedEvent) => {
      await pause(accepted.event.type === "RequestApproved" ? 50 : 0);
      return events.insert(accepted);
    };
    const store = { ...world.store, events: { ...events, insert: slow } };
    const stored = (accepted: AcceptedEvent) => expandEvent(world, accepted);
    const body = JSON.stringify([about("RequestApproved"), about("RequestGranted")]);
    const posted = { body, contentType: "application/json", headers: {} };
    await ingest({ ...world.ingestDeps, store, stored }, producer, posted);
    await expect.poll(() => read(approval)).toMatchObject({ outcome: { kind: "granted" } });
  });

  it("is about the request of its time, though it is taken when another one has its subject", async () => {
    const first = await open();
    const data = builtinTypes.get("asset_request_approved")?.sample.data;
    await world.post({ type: "asset_request_approved", subject: "s/1", data });
    await decide(first, "reject");
    const second = await open("asset_request_created", { id: "again" });
    await expandLeft(world);
    expect((await read(second)).state).toBe("open");
    expect(await read(first)).toMatchObject({ state: "rejected", conflict: { state: "approved" } });
  });

  it("ends none that was asked for after it, though it is taken late", async () => {
    const data = builtinTypes.get("asset_request_approved")?.sample.data;
    await world.post({ type: "asset_request_approved", subject: "s/1", data });
    world.clock.pass(1_000);
    const asked = await open();
    await expandLeft(world);
    expect(await read(asked)).toMatchObject({ state: "open", revision: 1 });
  });

  it("says in the thread what was done without an approval", async () => {
    const approval = await open();
    await send("RequestGranted");
    expect(await read(approval)).toMatchObject({ state: "open", revision: 1 });
    expect(await deliveries("note")).toHaveLength(2);
  });

  it("replies in the thread of every copy, whatever became of the request", async () => {
    const approval = await open();
    await send("asset_request_reply", { text: "first" });
    await decide(approval, "reject");
    await send("asset_request_reply", { text: "second" });
    const notes = await deliveries("note");
    expect(new Set(notes.map(({ label }) => label))).toEqual(
      new Set(["#releases", "Ops › General"]),
    );
    expect(notes).toHaveLength(4);
    expect(await deliveries("post")).toHaveLength(2);
  });

  it("reaches a webhook as an event of its own, where no card and no thread can tell it", async () => {
    const id = deriveId("destination", "tickets");
    const hook = { organization, revision: 1, kind: "webhook", name: "tickets" } as const;
    await world.store.destinations.insert({ ...hook, id, settings: {}, sealed: "", shown: {} });
    await world.route([{ types: ["*"], to: ["#releases", "tickets"] }]);
    await open("approval_created");
    const sent = [await send("asset_request_reply"), await send("pin_failed")];
    await send("approval_executed");
    const at = async (kind: string) =>
      (await deliveries(kind)).filter(({ label }) => label === "tickets");
    const [first, ...posts] = await at("post");
    expect(first?.approval).toBeDefined();
    expect(posts.map(({ event }) => event)).toEqual(sent.map(({ accepted }) => accepted.id));
    expect(await at("note")).toEqual([]);
  });

  const inGeneral = async () =>
    (await deliveries("post")).filter(({ label }) => label === teamsChannel.name);
  /** Let the card in Ops › General be withheld, or given up. */
  async function withhold(more: object = {}) {
    const [card] = await inGeneral();
    if (!card) throw new Error("there is no card");
    const ended = { ...card, state: "suppressed", cause: "not here", settledAt: later(1) };
    await world.store.deliveries.replace({ ...ended, revision: 2, ...more } as Delivery, 1);
    return card;
  }

  it("is posted where the card was withheld, as where its type is switched off", async () => {
    await open();
    await withhold();
    const { accepted } = await send("asset_request_reply");
    expect((await inGeneral()).map(({ event }) => event)).toContain(accepted.id);
    expect((await deliveries("note")).map(({ label }) => label)).toEqual(["#releases"]);
  });

  it("is posted neither where people from outside read nor where another place has the card", async () => {
    await open();
    const card = await withhold();
    const because = "channel_gone";
    const insteadOf = { label: card.label, because, platform: "teams" as const };
    const task = { kind: "post" as const, destination: slackChannel.id, insteadOf };
    const id = deriveId("delivery", "instead");
    await world.store.deliveries.insert({ ...card, id, label: "#releases", task });
    await send("asset_request_reply");
    expect(await inGeneral()).toHaveLength(1);
    await world.store.deliveries.remove(id);
    const crowded = { ...teamsChannel, outsiders: true as const, revision: 2 };
    await world.store.destinations.replace(crowded, 1);
    await send("asset_request_reply", { text: "more" });
    expect(await inGeneral()).toHaveLength(1);
  });

  it("marks the open card, the latest of each type", async () => {
    const approval = await open("approval_created");
    await send("pin_failed", { attempts: 1 });
    await send("pin_failed", { attempts: 2 });
    await send("token_locked");
    expect((await read(approval)).state).toBe("open");
    expect(await card(approval)).toMatch(
      /Wrong PIN: 2 of 5 tries used .* · Locked at the producer: Five wrong PINs in a row/,
    );
    expect(await card(approval)).not.toContain("1 of 5");
    expect(await deliveries("note")).toHaveLength(0);
    expect(kinds().filter((kind) => kind === "approval.marked")).toHaveLength(3);
  });

  it.each(["asset_request_approved", "RequestGranted", "asset_request_reply", "pin_failed"])(
    "is plain information where nobody knows its subject: %s",
    async (type) => {
      await send(type, {}, { subject: "somebody/else" });
      const posts = await deliveries("post");
      expect(posts).toHaveLength(2);
      expect(posts.every(({ approval }) => approval === undefined)).toBe(true);
    },
  );

  it("touches nobody else's request: of another producer, or of another source", async () => {
    const approval = await open();
    for (const type of ["asset_request_approved", "asset_request_reply", "pin_failed"]) {
      await send(type, {}, { source: approval.source }, otherProducer);
      await send(type, {}, { source: "elsewhere" });
    }
    expect(await read(approval)).toMatchObject({ state: "open", revision: 1 });
    expect(await deliveries("note")).toHaveLength(0);
    expect(await deliveries("post")).toHaveLength(2 + 2 * 6);
  });

  it("is posted where a rule sends it and no card is", async () => {
    await world.route([
      { types: ["asset_request_created"], to: ["#releases"] },
      { types: ["*"], to: ["#releases", "Ops › General"] },
    ]);
    await open();
    const { accepted } = await send("asset_request_approved");
    const posts = (await deliveries("post")).filter(({ event }) => event === accepted.id);
    expect(posts.map(({ label }) => label)).toEqual(["Ops › General"]);
    await world.route([], "Ops › General");
    const unrouted = await send("asset_request_reply");
    const more = (await deliveries("post")).filter(({ event }) => event === unrouted.accepted.id);
    expect(more).toEqual([]);
  });

  it("finds the request that the same batch opens", async () => {
    const created = builtinTypes.get("asset_request_created")?.sample.data;
    const ingested = await world.post([
      { type: "asset_request_reply", subject: "b/1", data: { author: "A", text: "t" } },
      { type: "asset_request_created", subject: "b/1", data: { ...created, ...dated } },
    ]);
    if (ingested.kind === "refused") throw new Error(JSON.stringify(ingested.problem));
    const [reply, opened] = ingested.receipts;
    expect(reply?.accepted.event.type).toBe("asset_request_reply");
    if (reply) await expandEvent(world, reply.accepted);
    const seen = reply && (await world.store.events.get(reply.accepted.id));
    expect(seen?.approval).toBe(opened?.opening?.approval.id);
  });

  it("that asks for the same with other content says so in the thread, once", async () => {
    const approval = await open();
    const other = await send("asset_request_created", { ...dated, quantity: 3 });
    const type = await findType(world.store, approval.organization, "asset_request_created");
    expect(sayNote(differsNote(approval, other.accepted.event, type))).toBe(
      "ci asked again, with other content · 14:00 UTC — Quantity: 2 → 3\nThe card stays as it was asked first.",
    );
    await send("asset_request_created", dated);
    const notes = await deliveries("note");
    expect(notes.map(({ task }) => task)).toMatchObject([
      { tells: "differs" },
      { tells: "differs" },
    ]);
    expect(await deliveries("post")).toHaveLength(2);
    expect((await read(approval)).revision).toBe(1);
  });
});
