import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announceLeft } from "../../../core/approvals/announce.ts";
import { createInbox } from "../../../core/approvals/inbox.ts";
import { adoptedId } from "../../../core/deliveries/keys.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import { cancel } from "../../../core/domain/close-approval.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { refKey } from "../../../core/domain/message-ref.ts";
import { accountId, type Person } from "../../../core/domain/person.ts";
import { expandEvent } from "../../../core/ingest/expand.ts";
import { buttonValue } from "../../../core/messages/approval-card.ts";
import { sayLine } from "../../../core/messages/card.ts";
import { textsIn } from "../../../core/messages/catalogue.ts";
import { createAccountLinks } from "../../../core/people/account-links.ts";
import type { Click, ClickAnswer } from "../../../core/ports/inbox.ts";
import type { Store } from "../../../core/ports/store.ts";
import { type LanesRig, openLanes } from "../deliveries/lanes-rig.ts";
import {
  ann,
  ben,
  chloe,
  later,
  organization,
  policy,
  slackChannel,
  start,
  teamsChannel,
} from "../domain/samples.ts";

let lanes: LanesRig;
let request: Approval;
let changed: Approval[];
beforeEach(async () => {
  lanes = await openLanes();
  changed = [];
  lanes.work();
  request = await lanes.request("web/1");
  await lanes.drain();
  await Promise.all([link(ann), link(ben), link(chloe)]);
});
afterEach(async () => {
  vi.useRealTimers();
  await lanes.close();
});

/** Link a person's accounts: `U-Ann` in the Slack workspace, `aad-Ann` in the tenant. */
async function link({ id, name }: Person): Promise<void> {
  const { accounts } = lanes.world.store;
  const record = { organization, revision: 1, person: id, linkedAt: start };
  const ids = [
    accountId("slack", "T1", `U-${name}`),
    accountId("teams", "tenant-1", `aad-${name}`),
  ];
  await Promise.all(ids.map((account) => accounts.insert({ id: account, ...record })));
}
const inbox = (store: Store = lanes.world.store) =>
  createInbox({
    ...lanes.world,
    store,
    changed: (approval) => changed.push(approval),
    accountLinks: createAccountLinks({ ...lanes.world, store, linked: async () => {} }),
    recordOf: async () => undefined,
  });
let clicks = 0;
async function clickOf(fields: Partial<Click> = {}): Promise<Click> {
  clicks += 1;
  const click = `click ${clicks}`;
  const platform = fields.platform ?? "slack";
  const posts = await lanes.deliveries("post");
  const copy = posts.find((post) => post.platform === platform && post.approval === request.id);
  if (copy?.state !== "delivered" || !copy.ref) throw new Error("the card is not there");
  return {
    platform,
    workspace: platform === "slack" ? slackChannel.slackTeamId : teamsChannel.entraTenantId,
    user: platform === "slack" ? "U-Ann" : "aad-Ann",
    outsider: false,
    action: "approve",
    value: buttonValue(request),
    copy: { channel: copy.ref.channel, message: copy.ref.message },
    click,
    ...fields,
  };
}
const press = async (fields: Partial<Click> = {}) => inbox().click(await clickOf(fields));
const stored = async () => {
  const approval = await lanes.world.store.approvals.get(request.id);
  if (!approval) throw new Error("the request is gone");
  return approval;
};
const because = (answer: ClickAnswer) => (answer.kind === "refused" ? answer.refusal : answer.kind);

describe("a click", () => {
  it.each([
    ["slack", "U-Ann"],
    ["teams", "aad-Ann"],
  ] as const)(
    "in %s decides: it is stored before it is answered, with the new card",
    async (platform, user) => {
      const answer = await press({ platform, user });
      expect(answer).toMatchObject({
        kind: "recorded",
        repeated: false,
        text: "Recorded.",
        message: { state: "approved" },
      });
      expect(await stored()).toMatchObject({
        state: "approved",
        deciding: { name: "Ann", via: platform, identity: "link", assurance: "click" },
      });
      expect(changed).toMatchObject([{ state: "approved" }]);
    },
  );

  it("U15: that is sent again is told the same, and counts once, also in another process", async () => {
    const click = await clickOf();
    const first = await inbox().click(click);
    const second = await inbox().click(click);
    expect(first.kind).toBe("recorded");
    expect(second).toEqual({ ...first, repeated: true });
    expect((await stored()).votes).toHaveLength(1);
    expect(changed).toHaveLength(1);
  });

  it("that was refused is told the same again, though it would count by now", async () => {
    const click = await clickOf({ user: "U-Eve" });
    expect(because(await inbox().click(click))).toBe("not_linked");
    await link({ ...chloe, id: ben.id, name: "Eve" });
    const again = await inbox().click(click);
    expect([because(again), again.repeated]).toEqual(["not_linked", true]);
    expect(because(await press({ user: "U-Eve" }))).toBe("recorded");
  });

  it("from two people at once has one winner, and the other is told who it was", async () => {
    const both = await Promise.all([
      clickOf(),
      clickOf({ user: "U-Ben", action: "reject", reason: "no way" }),
    ]);
    const answers = await Promise.all(both.map((click) => inbox().click(click)));
    expect(answers.map(because).sort()).toEqual(["closed", "recorded"]);
    const loser = answers.find(({ kind }) => kind === "refused");
    const { state, votes } = await stored();
    expect(votes).toHaveLength(1);
    expect(loser).toMatchObject({
      text: `${votes[0]?.name} ${state} this just now in Slack.`,
      message: { state },
    });
  });

  it("D8: that needs a reason asks for it first, and counts with it", async () => {
    const asked = await press({ action: "reject" });
    expect(asked).toEqual({
      kind: "reason_needed",
      repeated: false,
      prompt: {
        title: "Reject this request?",
        heading: "web/1",
        context: `from ci · expires Sat 21 Nov 14:00 UTC · apr_…${request.id.slice(-4)}`,
        label: "Why? The requester will see this",
        hint: "At least 3 characters. One rejection ends this request.",
        submit: "Reject request",
        cancel: "Cancel",
        atLeast: 3,
      },
    });
    expect((await stored()).state).toBe("open");
    expect(because(await press({ action: "reject", reason: " x " }))).toBe("reason_missing");
    expect(because(await press({ action: "reject", reason: "not on a Friday" }))).toBe("recorded");
    expect(await stored()).toMatchObject({
      state: "rejected",
      deciding: { reason: "not on a Friday" },
    });
  });

  it("D8: that needs a reason is asked for it under what the card says of the request", async () => {
    const message = { title: "Ship {{ subject }}" };
    await lanes.world.route([{ to: ["#releases"], policy: "production", message }]);
    const data = { approval: { requested_by: "\u25cf Ann\u202e" } };
    const taken = await lanes.world.post({ type: "deploy.requested", subject: "web/3", data });
    if (taken.kind !== "accepted" || !taken.receipts[0]?.opening) throw new Error("none opened");
    request = taken.receipts[0].opening.approval;
    await expandEvent(lanes.world, taken.receipts[0].accepted);
    lanes.world.clock.pass(1_000);
    await lanes.drain();
    const asked = await press({ action: "reject" });
    const { title: heading, status } = lanes.shown.at(-1) ?? { status: [] };
    expect(heading).toBe("Ship web/3");
    expect(asked).toMatchObject({ prompt: { heading } });
    const [, ...said] = sayLine(status).split(" · ");
    expect(said[0]).toContain("[●] Ann[U+202E] (requester not known here)");
    expect(asked.kind === "reason_needed" && asked.prompt.context).toContain(said.join(" · "));
  });

  it("on a request that needs two votes counts, and says that it waits for another", async () => {
    const strict = { ...policy, id: deriveId("policy", "two"), name: "two", votes: 2 };
    await lanes.world.keepPolicy(strict);
    await lanes.world.route([{ to: ["#releases"], policy: "two" }]);
    request = await lanes.request("web/2");
    await lanes.world.store.lanes.wake("lane:none", start);
    lanes.world.clock.pass(1_000);
    await lanes.drain();
    const posts = await lanes.deliveries("post");
    const copy = posts.find((post) => post.approval === request.id);
    const ref = copy?.state === "delivered" ? copy.ref : undefined;
    const place = { copy: { channel: ref?.channel ?? "", message: ref?.message ?? "" } };
    const first = await press(place);
    expect(first).toMatchObject({ text: "Your vote is recorded.", message: { state: "waiting" } });
    expect(because(await press(place))).toBe("already_voted");
    expect(await press({ ...place, user: "U-Ben" })).toMatchObject({
      kind: "recorded",
      message: { state: "approved" },
    });
  });
});

describe("a refused click", () => {
  const other = deriveId("approval", "other");
  it.each<[string, Partial<Click>, string]>([
    ["of somebody from outside", { outsider: true }, "outsider"],
    [
      "of somebody of whom the platform does not tell",
      { outsider: true, unidentified: true },
      "unidentified",
    ],
    ["of an account that nobody has linked", { user: "U-Nobody" }, "not_linked"],
    ["of an account of another workspace", { workspace: "T2" }, "unknown_request"],
    ["of somebody who may not decide", { user: "U-Chloe" }, "not_eligible"],
    ["with a button that the request does not have", { action: "deploy" }, "unknown_action"],
    ["for a request that nobody knows", { value: `${other}.x` }, "unknown_request"],
    ["with a value that is none", { value: "nonsense" }, "unknown_request"],
    ["with an empty value", { value: "" }, "unknown_request"],
    [
      "on a copy that we never posted",
      { copy: { channel: "C9", message: "m1" } },
      "unknown_request",
    ],
  ])("%s changes nothing and is logged", async (_, fields, refusal) => {
    const answer = await press(fields);
    expect(because(answer)).toBe(refusal);
    expect(answer).toMatchObject({ kind: "refused", repeated: false });
    expect(answer.kind === "refused" && answer.text).not.toBe("");
    expect(await stored()).toEqual(request);
    expect(changed).toEqual([]);
    const told = lanes.world.entries.filter(({ kind }) => kind === "click.refused");
    expect(told).toMatchObject([{ because: refusal, surface: "slack" }]);
  });

  it("with another digest is told that the content changed, and gets the card as it is", async () => {
    const answer = await press({ value: `${request.id}.${"0".repeat(32)}` });
    expect(answer).toMatchObject({ refusal: "content_changed", message: { state: "waiting" } });
    expect((await stored()).votes).toEqual([]);
  });

  it("on the card of another request is refused, though both are ours", async () => {
    const second = await lanes.request("web/2");
    expect(because(await press({ value: buttonValue(second) }))).toBe("unknown_request");
    expect((await lanes.world.store.approvals.get(second.id))?.votes).toEqual([]);
  });

  it("on a card whose ref is stored just then makes no second copy of it", async () => {
    const { store } = lanes.world;
    const click = await clickOf();
    let isEarly = true;
    const scan: typeof store.deliveries.scan = async (index, asked) => {
      const early = isEarly && index === "byRef";
      if (early) isEarly = false;
      return early ? [] : store.deliveries.scan(index, asked);
    };
    const answer = await inbox({ ...store, deliveries: { ...store.deliveries, scan } }).click(
      click,
    );
    expect(answer.kind).toBe("recorded");
    expect(isEarly).toBe(false);
    const { platform, workspace, copy } = click;
    const twin = adoptedId(refKey({ platform, workspace, ...copy }));
    expect(await store.deliveries.get(twin)).toBeUndefined();
  });

  it("U28: knows the card on which it was made, also under the new id of its channel", async () => {
    const { store } = lanes.world;
    const click = await clickOf();
    const moved = { ...slackChannel, channelId: "C1NEW", formerChannelIds: [click.copy.channel] };
    await store.destinations.replace({ ...moved, revision: 2 }, 1);
    const copy = { ...click.copy, channel: "C1NEW" };
    const answer = await inbox().click({ ...click, copy });
    expect(answer.kind).toBe("recorded");
    const { platform, workspace } = click;
    const twin = adoptedId(refKey({ platform, workspace, ...copy }));
    expect(await store.deliveries.get(twin)).toBeUndefined();
  });

  it("U28: is answered in the language of its channel, also under the channel's new id", async () => {
    const { store } = lanes.world;
    const click = await clickOf();
    const moved = { ...slackChannel, channelId: "C1NEW", formerChannelIds: [click.copy.channel] };
    await store.destinations.replace({ ...moved, language: "de", revision: 2 }, 1);
    const answer = await inbox().click({ ...click, copy: { ...click.copy, channel: "C1NEW" } });
    expect(answer).toMatchObject({ kind: "recorded", text: textsIn("de").answers.recorded });
  });

  describe("on a card that nobody knows of, made by a post whose answer was lost", () => {
    const orphan = { channel: slackChannel.channelId, message: "second card" };
    const known = () =>
      lanes.world.store.deliveries.get(
        adoptedId(refKey({ platform: "slack", workspace: slackChannel.slackTeamId, ...orphan })),
      );

    it("closes that one too, when the request is decided elsewhere at that moment", async () => {
      const { store } = lanes.world;
      const insert: typeof store.deliveries.insert = async (copy) => {
        await lanes.decide(request);
        return store.deliveries.insert(copy);
      };
      const { click } = inbox({ ...store, deliveries: { ...store.deliveries, insert } });
      expect(because(await click(await clickOf({ copy: orphan })))).toBe("closed");
      await lanes.drain();
      expect(await known()).toMatchObject({ state: "delivered", shownRevision: 2 });
    });

    it("F1: closes that one too, after a crash before its edit is stored", async () => {
      await lanes.decide(request);
      await lanes.drain();
      const { store } = lanes.world;
      const takeIn = () => Promise.reject(new Error("The process is gone."));
      await inbox({ ...store, takeIn }).click(await clickOf({ copy: orphan }));
      expect(await known()).toMatchObject({ state: "delivered" });
      await announceLeft({ ...lanes.world, raise: async () => {} });
      await lanes.drain();
      expect(await known()).toMatchObject({ shownRevision: 2 });
      expect(await stored()).toMatchObject({ revision: 2, announced: 2 });
    });

    it("leaves a request that is over as announced", async () => {
      await lanes.decide(request);
      await lanes.drain();
      await press({ copy: orphan });
      await lanes.drain();
      expect(await known()).toMatchObject({ shownRevision: 2 });
      expect(await stored()).toMatchObject({ revision: 2, announced: 2 });
    });
  });

  it("D7: on one's own request says who can", async () => {
    const own = { ...request, revision: 2, requester: { claim: "a", name: "Ann", person: ann.id } };
    await lanes.world.store.approvals.replace(own, 1);
    expect(await press()).toMatchObject({
      refusal: "own_request",
      text: "You cannot decide your own request. Who can: any approver.",
    });
  });

  it("on a closed request is told how it ended, with the card that shows it", async () => {
    const cancelled = cancel(request, { name: "ci" }, later(0));
    if (!cancelled) throw new Error("it was not cancelled");
    await lanes.world.store.approvals.replace(cancelled, 1);
    expect(await press()).toMatchObject({
      refusal: "closed",
      text: "ci cancelled this just now. Ask its requester to send it again if it is still needed.",
      message: { state: "cancelled" },
    });
  });

  it("names the first reason where several fit: outsider, not linked, closed, own request", async () => {
    const own = { claim: "a", name: "Chloe", person: chloe.id };
    await lanes.world.store.approvals.replace({ ...request, revision: 2, requester: own }, 1);
    expect(because(await press({ user: "U-Chloe" }))).toBe("own_request");
    const open = await stored();
    const cancelled = cancel(open, { name: "ci" }, later(0));
    if (cancelled) await lanes.world.store.approvals.replace(cancelled, open.revision);
    expect(because(await press({ user: "U-Chloe" }))).toBe("closed");
    expect(because(await press({ user: "U-Nobody" }))).toBe("not_linked");
    expect(because(await press({ user: "U-Nobody", outsider: true }))).toBe("outsider");
  });
});

describe("a click of somebody of whom the platform does not tell", () => {
  it("counts when it comes again and the platform tells", async () => {
    const click = await clickOf();
    const untold = { ...click, outsider: true, unidentified: true as const };
    expect(because(await inbox().click(untold))).toBe("unidentified");
    expect(because(await inbox().click(click))).toBe("recorded");
  });
});

describe("a click that cannot be stored", () => {
  it("F1: is answered as not confirmed when the store fails, and counts when it is pressed again", async () => {
    const approvals = {
      ...lanes.world.store.approvals,
      replace: () => Promise.reject(new Error("the disk is full")),
    };
    const click = await clickOf();
    const answer = await inbox({ ...lanes.world.store, approvals }).click(click);
    expect(because(answer)).toBe("not_confirmed");
    expect(lanes.world.entries).toContainEqual(
      expect.objectContaining({ kind: "hub.trouble", where: "click" }),
    );
    expect(because(await inbox().click(click))).toBe("recorded");
  });

  it("F1: is answered as not confirmed after 1.5 s, and counts once though it came through late", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let free: () => void = () => {};
    const stuck = new Promise<void>((done) => {
      free = done;
    });
    const { approvals } = lanes.world.store;
    const slow: Store["approvals"] = {
      ...approvals,
      replace: async (...asked) => {
        await stuck;
        return approvals.replace(...asked);
      },
    };
    const click = await clickOf();
    const answering = inbox({ ...lanes.world.store, approvals: slow }).click(click);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(because(await answering)).toBe("not_confirmed");
    free();
    await vi.waitFor(async () => expect((await stored()).state).toBe("approved"));
    const again = await inbox().click(click);
    expect([because(again), again.repeated]).toEqual(["recorded", true]);
    expect((await stored()).votes).toHaveLength(1);
  });

  it("F1: is answered after 1.5 s, also while the store answers nothing at all", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const never = () => new Promise<never>(() => {});
    const { seenClicks, accounts, approvals } = lanes.world.store;
    const click = await clickOf();
    let answer: ClickAnswer | undefined;
    const mute = { get: never, scan: never, insert: never, replace: never };
    const store = {
      ...lanes.world.store,
      ...{ seenClicks: { ...seenClicks, ...mute }, accounts: { ...accounts, ...mute } },
      approvals: { ...approvals, ...mute },
    };
    void inbox(store)
      .click(click)
      .then((said) => {
        answer = said;
      });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(answer && because(answer)).toBe("not_confirmed");
    expect(lanes.world.entries).toContainEqual(
      expect.objectContaining({ kind: "click.refused", because: "not_confirmed" }),
    );
  });
});

describe("the card as it stands", () => {
  const copy = { channel: teamsChannel.channelId, message: "m1" };

  it("speaks the language of its channel, and has the texts of its place", async () => {
    const german = { language: "de", message: { title: "Los mit {{ subject }}?" } } as const;
    await lanes.world.store.destinations.replace({ ...teamsChannel, ...german, revision: 2 }, 1);
    const value = buttonValue(request);
    const card = await inbox().current({ platform: "teams", workspace: "tenant-1", value, copy });
    expect(card).toMatchObject({ language: "de", title: "Los mit web/1?" });
  });

  it("is drawn for who asks, and for nobody who asks for what is not here", async () => {
    const current = (value: string, workspace = "tenant-1") =>
      inbox().current({ platform: "teams", workspace, value, copy });
    expect(await current(buttonValue(request))).toMatchObject({ state: "waiting", title: "web/1" });
    expect(await current(`${deriveId("approval", "x")}.y`)).toBeUndefined();
    expect(await current("nonsense")).toBeUndefined();
    expect(await current(buttonValue(request), "tenant-2")).toBeUndefined();
  });
});

describe("the app's own place in chat", () => {
  const visit = (platform: "slack" | "teams", user: string) => ({
    ...{ platform, workspace: platform === "slack" ? "T1" : "tenant-1", outsider: false },
    ...{ user: `${platform === "slack" ? "U" : "aad"}-${user}`, click: `visit ${user}` },
  });

  it.each(["slack", "teams"] as const)(
    "C10: in %s speaks the language that its person chose, else that of their chat",
    async (platform) => {
      const { people } = lanes.world.store;
      const known = await people.get(ann.id);
      if (!known) await people.insert({ ...ann, language: "de" });
      else {
        const next = { ...known, language: "de" as const, revision: known.revision + 1 };
        await people.replace(next, known.revision);
      }
      const titleOf = async (user: string, more: object = {}) =>
        (await inbox().greet({ ...visit(platform, user), ...more })).title;
      expect(await titleOf("Ann", { language: "en" })).toBe("Eine Anfrage wartet auf Sie");
      expect(await titleOf("Ben")).toBe("One request waits for you");
      expect(await titleOf("Nobody", { language: "de" })).toBe(
        "Countersign weiß noch nicht, wer Sie sind",
      );
      const unidentified = { outsider: true, unidentified: true };
      expect(await titleOf("Ann", unidentified)).toBe("We could not find out just now who you are");
      expect(await titleOf("Guest", { language: "de", outsider: true })).toBe(
        "Sie sind von außerhalb hier",
      );
    },
  );

  it("shows what waits for a person also behind a hundred older requests that ask others", async () => {
    const { approvals } = lanes.world.store;
    const { policy: asks } = request;
    const older = { ...request, openedAt: new Date(request.openedAt.getTime() - 1) };
    await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        approvals.insert({
          ...older,
          id: deriveId("approval", `older ${number}`),
          policy: { ...asks, approvers: [{ kind: "person", person: chloe.id, name: "Chloe" }] },
        } as Approval),
      ),
    );
    expect((await inbox().greet(visit("slack", "Ben"))).title).toBe("One request waits for you");
  });
});
