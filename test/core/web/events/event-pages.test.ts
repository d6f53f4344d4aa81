import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import { visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

describe("the pages of events", () => {
  let api: ApiRig;
  let key: string;
  beforeEach(async () => {
    api = await startApi();
    await api.keepPolicy();
    await api.person("Ann", ["admin"], []);
    await api.person("Ben", ["approver"], []);
    key = (await api.producer("ci")).key;
  });
  afterEach(() => api.close());

  const post = async (event: object) =>
    (await api.call<{ id: string }>("POST", "/v1/events", { key, body: event })).body.id;
  const as = (name: string) => visitAs(api, deriveId("person", name));
  const leads = async (visitor: Awaited<ReturnType<typeof as>>, q: string, page = "/find") =>
    (await visitor.get(`${page}?${new URLSearchParams({ q })}`)).headers.get("location");

  it("H4: narrow the list by type, producer, level, time and subject, and say when nothing fits", async () => {
    const { producer } = await api.producer("ci");
    await post({ type: "deploy.finished", subject: "web/1", level: "info" });
    await post({ type: "alert.raised", subject: "disk/db-1", level: "critical" });
    const ann = await as("Ann");
    const shows = async (query: string) => {
      const { body } = await ann.get(`/events${query}`);
      return [body.includes(">web/1</a>"), body.includes(">disk/db-1</a>")];
    };
    expect(await shows("")).toEqual([true, true]);
    expect(await shows("?type=deploy.finished")).toEqual([true, false]);
    expect(await shows("?level=warning")).toEqual([false, true]);
    expect(await shows("?subject=DB-1")).toEqual([false, true]);
    expect(await shows(`?producer=${producer.id}`)).toEqual([true, true]);
    expect(await shows(`?producer=${deriveId("producer", "x")}`)).toEqual([false, false]);
    expect(await shows("?unrouted=true&since=1h")).toEqual([true, true]);
    api.clock.pass(2 * 3_600_000);
    expect(await shows("?since=1h")).toEqual([false, false]);
    expect((await ann.get("/events?type=no.such")).body).toContain("No event fits the filter.");
  });

  it("lead page by page to older events and back", async () => {
    for (let number = 0; number < 35; number += 1)
      await post({ type: "a.b", subject: `n${number}` });
    const ann = await as("Ann");
    const first = (await ann.get("/events?type=a.b")).body;
    expect(first).not.toContain('rel="prev"');
    const older = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = (await ann.get(older)).body;
    expect(second).not.toContain('rel="next"');
    const newer = /href="([^"]+)" rel="prev"/.exec(second)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const subjects = (html: string) => html.match(/>n\d+<\/a>/g) ?? [];
    expect([subjects(first).length, subjects(second).length]).toEqual([30, 5]);
    expect(subjects((await ann.get(newer)).body)).toEqual(subjects(first));
  });

  it("the search box leads every id, the subject of a request and the sender's own id to their page", async () => {
    const approval = await api.open(key, "web/1.4.2");
    const event = await post({ type: "deploy.finished", id: "build-812", subject: "x" });
    const delivery = deriveId("delivery", "one");
    const ann = await as("Ann");
    expect(await leads(ann, ` ${event.toUpperCase()} `)).toBe(`/events/${event}`);
    expect(await leads(ann, approval)).toBe(`/approvals/${approval}`);
    expect(await leads(ann, delivery)).toBe(`/deliveries/${delivery}`);
    expect(await leads(ann, "web/1.4.2")).toBe(`/approvals/${approval}`);
    expect(await leads(ann, "build-812")).toBe(`/events/${event}`);
    expect(await leads(ann, "nothing like it")).toBe("/events?subject=nothing+like+it");
    expect(await leads(ann, "build-812", "/events")).toBe(`/events/${event}`);
    expect(await leads(ann, "")).toBe("/");
  });

  it.each([
    ["destination", (id: string) => `/destinations/${id}`],
    ["installation", (id: string) => `/workspaces/${id}`],
    ["person", (id: string) => `/people/${id}`],
    ["group", (id: string) => `/people/groups/${id}`],
    ["producer", (id: string) => `/settings/producers/${id}`],
    ["key", () => "/settings/producers"],
  ] as const)(
    "the search box leads the id of a %s, as the audit log names it",
    async (kind, page) => {
      const id = deriveId(kind, "one");
      expect(await leads(await as("Ann"), id)).toBe(page(id));
    },
  );

  it("G5: the search box tells who looks after nothing no more than requests", async () => {
    const event = await post({ type: "deploy.finished", id: "build-812" });
    const ben = await as("Ben");
    expect(await leads(ben, event)).toBe("/approvals");
    expect(await leads(ben, "build-812")).toBe("/approvals");
    const approval = deriveId("approval", "one");
    expect(await leads(ben, approval)).toBe(`/approvals/${approval}`);
  });

  it("B8: one event says of every rule, clause by clause, why it took it or left it, as it stood then", async () => {
    const rules = [
      { name: "Only staging", types: ["a.*"], pattern: { data: { place: ["staging"] } }, to: [] },
      { name: "All of it", types: ["a.*"], to: [] },
      { name: "Behind it", types: ["*"], to: [] },
    ].map((rule) => ({ ...rule, continue: false }));
    expect((await api.hub.rules.save({ rules }, 0, "Ann")).kind).toBe("saved");
    const event = await post({ type: "a.b", data: { place: "production" } });
    expect((await api.hub.rules.save({ rules: [] }, 1, "Ann")).kind).toBe("saved");
    const { body } = await (await as("Ann")).get(`/events/${event}`);
    const text = body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    expect(text).toContain("Only staging rule 1, left it");
    expect(text).toMatch(/does not hold: data\.place staging production/);
    expect(text).toContain("All of it rule 2, took it");
    expect(text).toContain("stops here, so one rule behind it was not asked");
    expect(text).not.toContain("Behind it");
  });
});
