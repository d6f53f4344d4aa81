import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announce, announceLeft } from "../../../core/approvals/announce.ts";
import { recordVote } from "../../../core/approvals/record-vote.ts";
import { reportOutcome, revoke } from "../../../core/domain/after-approval.ts";
import { type Approval, outcomes } from "../../../core/domain/approval.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { findType } from "../../../core/event-types/find-type.ts";
import { validatorOf } from "../../../core/event-types/validator.ts";
import { expandEvent } from "../../../core/ingest/expand.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import { ann, later, organization, slackChannel, teamsChannel } from "../domain/samples.ts";
import { links, openWorld, type World } from "../hub/world.ts";

const deploys = {
  ...{ name: "Deploys", types: ["deploy.*"], policy: "production" },
  to: ["#releases", "Ops › General"],
};
const ends = { name: "Ends", types: ["approval.*"], to: ["Ops › General"] };
const everything = { name: "Everything", types: ["*"], to: ["#releases"] };

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.route([deploys, ends]);
});
afterEach(() => world.close());

/** Ask for a deploy, and let follow what follows, as often as a crash may make it. */
async function open(subject?: string): Promise<Approval> {
  const taken = await world.post({
    ...{ type: "deploy.requested", id: "1", data: { title: "Deploy web 1.4.2" } },
    ...(subject === undefined ? {} : { subject }),
  });
  const receipt = taken.kind === "accepted" ? taken.receipts[0] : undefined;
  if (!receipt?.opening) throw new Error("no request was opened");
  for (let time = 0; time < 2; time += 1) await expandEvent(world, receipt.accepted);
  return receipt.opening.approval;
}

async function read({ id }: Pick<Approval, "id">): Promise<Approval> {
  const approval = await world.store.approvals.get(id);
  if (!approval) throw new Error("the request is gone");
  return approval;
}

/** Change a request, and announce it twice: by two processes that read it at once, and once more later. */
async function change(first: Approval, step: (now: Approval) => Approval | undefined) {
  const before = await read(first);
  const next = step(before);
  if (!next) throw new Error("it does not take this change");
  await world.store.approvals.replace(next, before.revision);
  await Promise.all([announce(world, next), announce(world, next)]);
  await announce(world, await read(first));
  return next;
}

async function decide(approval: Approval, choice: "approve" | "reject") {
  const draft = { voter: ann, action: choice, via: "slack", identity: "link" } as const;
  const vote = await recordVote(world, approval, { ...draft, reason: "seen", click: choice });
  if (vote.kind === "refused") throw new Error(vote.refusal.because);
  return change(approval, (now) => now);
}

/** What the hub has told of requests, oldest first. */
async function told() {
  const all = await world.store.events.scan("byTime", { limit: 100 });
  return all.filter(({ event }) => event.type.startsWith("approval."));
}
const toldTypes = async () => (await told()).map(({ event }) => event.type).toSorted();

const by = { name: "Ann", reason: "wrong branch" };
const done = (kind: (typeof outcomes)[number]) => (now: Approval) =>
  reportOutcome(now, { kind, detail: "both regions", at: later(90) });

describe("what the hub tells of a request", () => {
  type Act = (a: Approval) => Promise<unknown>;
  const cases: readonly (readonly [type: string, level: string, act: Act])[] = [
    ["approval.created", "notice", async () => {}],
    ["approval.approved", "info", (a) => decide(a, "approve")],
    ["approval.rejected", "notice", (a) => decide(a, "reject")],
    ["approval.expired", "warning", (a) => change(a, (now) => expire(now, a.expiresAt))],
    ["approval.cancelled", "notice", (a) => change(a, (now) => cancel(now, by, later(60)))],
    ...outcomes.map(
      (kind) =>
        [
          `approval.${kind}`,
          kind === "failed" ? "alert" : "info",
          async (a: Approval) => {
            await decide(a, "approve");
            await change(a, done(kind));
          },
        ] as const,
    ),
    [
      "approval.revoked",
      "warning",
      async (a) => {
        await decide(a, "approve");
        await change(a, (now) => revoke(now, by, later(90)));
      },
    ],
  ];

  it.each(cases)(
    "B2: %s is raised once, fits its type, and goes where a rule says alone",
    async (type, level, act) => {
      const approval = await open("web/1.4.2");
      await act(approval);
      const found = (await told()).filter(({ event }) => event.type === type);
      expect(found).toHaveLength(1);
      const [accepted] = found;
      expect(accepted).toMatchObject({
        event: { level, subject: "web/1.4.2", data: { request_id: approval.id, producer: "ci" } },
        plan: { unrouted: false, destinations: [teamsChannel.id] },
      });
      expect(accepted?.plan.policy).toBeUndefined();
      const builtin = builtinTypes.get(type);
      expect(builtin?.level).toBe(level);
      const known = await findType(world.store, organization, type);
      if (!known?.schema || !accepted) throw new Error("it has no schema");
      const validator = validatorOf({ ...known, schema: known.schema });
      if (validator.kind !== "compiled") throw new Error("its schema cannot be read");
      expect(validator.validate(accepted.event.data)).toEqual([]);
    },
  );

  it.each([
    [
      "granted",
      { granted_until: "2026-03-02T13:00:00Z" },
      { granted_until: "2026-03-02T13:00:00.000Z" },
    ],
    ["granted", { granted_until: "soon" }, { granted_until: null }],
    ["fulfilled", { item: "Dock", handed_to: "Chloé" }, { item: "Dock", handed_to: "Chloé" }],
    ["fulfilled", {}, { item: "both regions", handed_to: null }],
    ["failed", { error: "no such role" }, { error: "no such role" }],
  ] as const)("B2: approval.%s says what its producer reported: %j", async (kind, fields, says) => {
    const approval = await open();
    await decide(approval, "approve");
    await change(approval, (now) =>
      reportOutcome(now, { kind, detail: "both regions", fields, at: later(90) }),
    );
    const one = (await told()).find(({ event }) => event.type === `approval.${kind}`);
    expect(one?.event.data).toMatchObject(says);
  });

  it("B2: a request that was approved, done and taken back has told of all three", async () => {
    const approval = await open();
    await decide(approval, "approve");
    await change(approval, done("executed"));
    await change(approval, (now) => revoke(now, by, later(120)));
    expect(await toldTypes()).toEqual(
      ["approved", "created", "executed", "revoked"].map((what) => `approval.${what}`),
    );
  });

  it("B2: what a crash cut short between two of them is told by the next who looks", async () => {
    const approval = await open();
    await decide(approval, "approve");
    const before = await read(approval);
    const executed = done("executed")(before);
    const revoked = executed && revoke(executed, by, later(120));
    if (!revoked) throw new Error("it was not approved");
    await world.store.approvals.replace(revoked, before.revision);
    const dying = {
      ...world,
      raise: async (raised: Parameters<World["raise"]>[0]) => {
        await world.raise(raised);
        throw new Error("the process ends here");
      },
    };
    await expect(announce(dying, revoked)).rejects.toThrow("ends here");
    await announceLeft(world);
    await announceLeft(world);
    expect((await toldTypes()).slice(2)).toEqual(["approval.executed", "approval.revoked"]);
  });

  it("B2: its callback is ready to leave before any of it is raised", async () => {
    const approval = await open();
    const draft = { voter: ann, action: "approve", via: "slack", identity: "link" } as const;
    await recordVote(world, approval, { ...draft, click: "1" });
    const ready: string[] = [];
    const seen: (readonly string[])[] = [];
    const raise = async () => void seen.push([...ready]);
    await announce({ ...world, raise }, await read(approval), () => void ready.push("enqueued"));
    expect(seen).toEqual([["enqueued"]]);
  });

  it("B2: nothing is stored where no rule names it: * is every producer type", async () => {
    await world.route([deploys, everything]);
    await decide(await open(), "approve");
    expect(await told()).toEqual([]);
  });

  it("B2: a rule takes what happens after it was saved, and no earlier end", async () => {
    await world.route([deploys]);
    const approval = await open();
    await decide(approval, "approve");
    await world.route([deploys, ends]);
    await change(approval, (now) => revoke(now, by, later(90)));
    expect(await toldTypes()).toEqual(["approval.revoked"]);
  });

  it("B2: the first of the rules takes it, by what it tells", async () => {
    const own = { ...ends, name: "No", types: ["approval.rejected"], to: ["#releases"] };
    const pattern = { data: { producer: ["ci"] } };
    await world.route([deploys, { ...own, pattern }, ends]);
    await decide(await open(), "reject");
    const rejected = (await told()).find(({ event }) => event.type === "approval.rejected");
    expect(rejected?.plan.destinations).toEqual([slackChannel.id]);
  });

  it("B2: its card says it in the words of its type, and opens the request", async () => {
    const approval = await open();
    await decide(approval, "reject");
    const rejected = (await told()).find(({ event }) => event.type === "approval.rejected");
    if (!rejected) throw new Error("it was not told");
    const type = builtinTypes.get("approval.rejected");
    const known = type && (await findType(world.store, organization, type.name));
    const card = eventCard(rejected.event, known, { name: "countersign" }, links);
    expect(JSON.stringify(card)).toMatch(/Rejected: Deploy web 1\.4\.2.*Ann.*seen/s);
    expect(card.plainText).toContain(`https://hub.example/approvals/${approval.id}`);
  });
});
