import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Destination } from "../../../core/domain/destination.ts";
import type { EventTexts } from "../../../core/domain/event-type.ts";
import { expandEvent } from "../../../core/ingest/expand.ts";
import { sayLine } from "../../../core/messages/card.ts";
import { slackChannel, teamsChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
});
afterEach(() => lanes.close());

async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
async function change(
  place: Destination,
  fields: Partial<Pick<Destination, "language" | "message">>,
) {
  const { destinations } = lanes.world.store;
  const now = await destinations.get(place.id);
  if (!now) throw new Error("no such destination");
  await destinations.replace({ ...now, ...fields, revision: now.revision + 1 }, now.revision);
}
const route = (message: EventTexts) =>
  lanes.world.route([
    { types: ["deploy.*"], to: ["#releases", "Ops › General"], policy: "production", message },
  ]);
const statusOf = (index: number) => {
  const message = lanes.shown.at(index);
  return message && sayLine(message.status, message.language);
};

describe("a card for one place", () => {
  it("C10: is written in the language of its destination, and so are its edits and notes", async () => {
    await change(slackChannel, { language: "de" });
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    const byLanguage = new Map(lanes.shown.map((message) => [message.language, message]));
    expect(sayLine(byLanguage.get("de")?.status ?? [])).toContain("● Wartet auf Freigabe");
    expect(sayLine(byLanguage.get(undefined)?.status ?? [])).toContain("● Waiting for approval");
    await lanes.decide(request);
    await run(1_000);
    await run(1_000);
    const edits = lanes.shown.slice(2).map(({ status, language }) => sayLine(status, language));
    expect(edits.toSorted().map((line) => line.split(" von ")[0]?.split(" by ")[0])).toEqual([
      "✓ Approved",
      "✓ Freigegeben",
    ]);
    expect(lanes.notes.find((note) => note.startsWith("#releases"))).toContain(
      "✓ Freigegeben von Ann auf der Webseite",
    );
  });

  it("C3: says what its rule says, and its destination before that", async () => {
    await route({
      title: "Rule: {{ data.title }}",
      facts: [{ label: "Key", value: "{{ subject }}" }],
    });
    await change(teamsChannel, { message: { title: "Place: {{ data.title }}" } });
    lanes.work();
    const request = await lanes.request("web/1");
    await run();
    expect(lanes.shown.map(({ title }) => title).toSorted()).toEqual([
      "Place: web/1",
      "Rule: web/1",
    ]);
    for (const { facts } of lanes.shown) expect(facts).toEqual([{ label: "Key", value: "web/1" }]);
    await lanes.decide(request);
    await run(1_000);
    expect(
      lanes.shown
        .slice(2)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(["Place: web/1", "Rule: web/1"]);
  });

  it("C3: shows what its rule binds, and is decided elsewhere where that is too long", async () => {
    const facts = [
      { label: "Notes", value: "none" },
      { label: "Key", value: "{{ subject }}", bound: true as const },
    ];
    await route({ facts });
    const long = {
      label: "All",
      value: "{{ data.title }}{{ 'x' | append: data.title }}".repeat(60),
    };
    await change(teamsChannel, { message: { facts: [{ ...long, bound: true }] } });
    lanes.work();
    await lanes.request("web/1");
    await run();
    const [bound, tooLong] = [...lanes.shown].sort((one) =>
      one.facts[0]?.label === "Key" ? -1 : 1,
    );
    expect(bound?.facts).toEqual([
      { label: "Key", value: "web/1", bound: true },
      { label: "Notes", value: "none" },
    ]);
    expect(bound?.actions.map(({ kind }) => kind)).toEqual(["decide", "decide", "open"]);
    expect(tooLong?.facts[0]?.value).toHaveLength(600);
    expect(tooLong?.actions.map(({ kind }) => kind)).toEqual(["open"]);
    expect(sayLine(tooLong?.terms ?? [])).toContain("too long to decide here: press Open");
  });

  it("C2 C3: has the buttons and the link of its rule and place, where the event names none", async () => {
    await route({
      buttons: { approve: "Ship {{ subject }}", reject: "Hold" },
      link: { path: "/deploys/{{ subject }}", label: "Deploy page" },
    });
    await change(teamsChannel, { message: { buttons: { approve: "Go" } } });
    lanes.work();
    await lanes.request("web/1");
    await run();
    const buttons = lanes.shown.map(({ actions }) =>
      actions.map((one) => (one.kind === "open" ? `${one.label} → ${one.url}` : one.label)),
    );
    const page = "Deploy page → https://ci.example/deploys/web/1";
    expect(buttons.toSorted()).toEqual([
      ["Approve · Go", "Reject", page],
      ["Approve · Ship web/1", "Reject · Hold", page],
    ]);
  });

  it("C2 C3: keeps the buttons and the link that the event itself names", async () => {
    await route({ buttons: { approve: "Ship" }, link: { path: "/deploys/{{ subject }}" } });
    lanes.work();
    const actions = [{ id: "go", choice: "approve", label: "Go" }];
    const asked = { type: "deploy.requested", subject: "web/2", link: "/builds/2" };
    const taken = await lanes.world.post({ ...asked, data: { approval: { actions } } });
    if (taken.kind === "refused") throw new Error(taken.problem.detail);
    for (const { accepted } of taken.receipts) await expandEvent(lanes.world, accepted);
    await run();
    expect(
      lanes.shown.map(({ actions: all }) =>
        all.map((one) => (one.kind === "open" ? one.url : one.label)),
      ),
    ).toEqual(Array(2).fill(["Approve · Go", "https://ci.example/builds/2"]));
  });

  it("C3: is sent without a text that takes too long, and the delivery says so", async () => {
    await route({ title: "T", body: "{% for a in (1..99999999) %}x{% endfor %}" });
    lanes.work();
    await lanes.request("web/1");
    await run();
    expect(lanes.shown.map(({ title, body }) => [title, body])).toEqual([
      ["web/1", undefined],
      ["web/1", undefined],
    ]);
    const posts = await lanes.deliveries("post");
    expect(posts.map((one) => one.state === "delivered" && one.remark)).toEqual([
      "template timed out",
      "template timed out",
    ]);
    expect(statusOf(0)).toContain("Waiting for approval");
  });
});
