import { describe, expect, it } from "vitest";
import type { Event } from "../../../core/domain/event.ts";
import type { EventType } from "../../../core/domain/event-type.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import { eventContent } from "../../../core/messages/event-content.ts";
import { event, organization } from "../domain/samples.ts";
import { readCard } from "./read-card.ts";

const links = { hubUrl: "https://hub.example" };
const page = `https://hub.example/events/${event.id}`;
const typed = (title: string): EventType => ({
  ...{ id: "t", organization, revision: 1, name: event.type, level: "info", version: 1 },
  ...{ about: "", texts: { title }, sample: { data: {} }, approval: { kind: "may" } },
});
const content = (data: Event["data"], type?: EventType) => eventContent({ ...event, data }, type);

const monitor = { name: "monitor", records: { address: "https://monitor.example" } };

describe("the card of an event that asks nothing", () => {
  it("is an approval card without terms and votes", () => {
    const data = { title: "Disk almost full", body: "93 %", metric: "disk.used" };
    const alert = { ...event, level: "alert", data, link: "/alerts/7" } as const;
    expect(readCard(eventCard(alert, undefined, monitor, links))).toEqual([
      "Disk almost full",
      "▲ Alert · from monitor · 14:00 UTC",
      "93 %",
      "Metric: disk.used",
      "Open → https://monitor.example/alerts/7",
      "Disk almost full — https://monitor.example/alerts/7",
    ]);
  });

  it("leads to its page in the hub when it has no link, and calls itself information", () => {
    expect(
      readCard(
        eventCard({ ...event, level: "info", data: {} }, undefined, { name: "● ci" }, links),
      ),
    ).toEqual([
      "deploy.requested · web/1.4.2",
      "○ Information · from [●] ci · 14:00 UTC",
      `Open → ${page}`,
      `deploy.requested · web/1.4.2 — ${page}`,
    ]);
  });
});

describe("the title of an event", () => {
  const { subject: _, ...nameless } = event;
  it.each<[string, Event["data"], string | undefined, string]>([
    ["its own", { title: "Deploy" }, "{{ type }}", "Deploy"],
    [
      "its type's, filled",
      { service: "web" },
      "Deploy {{ data.service }} {{subject}}",
      "Deploy web web/1.4.2",
    ],
    ["its type's, when its own is blank", { title: "  " }, "Deploy", "Deploy"],
    ["its type's, when its own is no text", { title: 7 }, "Deploy", "Deploy"],
    [
      "type and subject, when the type's says nothing",
      {},
      "{{ data.title }}",
      "deploy.requested · web/1.4.2",
    ],
    [
      "type and subject, when the type's is broken",
      {},
      "{% if %}{{",
      "deploy.requested · web/1.4.2",
    ],
    [
      "type and subject, when the type's asks for a file",
      {},
      "{% include 'x' %}",
      "deploy.requested · web/1.4.2",
    ],
    ["on one line", { title: "a\n\tb" }, undefined, "a b"],
    [
      "not escaped: that is the platform's part",
      { title: "<!channel> ${1+1} [x](y)" },
      undefined,
      "<!channel> ${1+1} [x](y)",
    ],
    [
      "not a template, when it comes from outside",
      { title: "{{ data.x }}" },
      undefined,
      "{{ data.x }}",
    ],
  ])("is %s", (_, data, template, title) => {
    const shown = content(data, template === undefined ? undefined : typed(template)).title;
    expect(shown).toBe(title);
  });

  it("is the type alone, where there is no subject", () => {
    expect(eventContent({ ...nameless, data: {} }, undefined).title).toBe("deploy.requested");
  });

  it("reads nothing that an object has by nature", () => {
    for (const name of ["constructor.name", "__proto__", "toString"]) {
      const { title } = content({}, typed(`{{ data.${name} }}x`));
      expect(title).toBe("deploy.requested · web/1.4.2");
    }
  });

  it("comes to an end, whatever the template does", () => {
    const endless =
      "{% for a in (1..99999999) %}{% for b in (1..99999999) %}x{% endfor %}{% endfor %}";
    expect(content({}, typed(endless)).title).toBe("deploy.requested · web/1.4.2");
  });

  it("is cut to 150 characters", () => {
    const { title } = content({ title: "x".repeat(5_000) });
    expect(title).toBe(`${"x".repeat(149)}…`);
  });
});

describe("the facts of an event", () => {
  it.each<[string, Event["data"], readonly string[]]>([
    [
      "names as words",
      { assetTag: "a", asset_tag: "b", "net.if-name": "c", URL: "d" },
      ["Asset tag: a", "Asset tag: b", "Net if name: c", "URL: d"],
    ],
    [
      "values as words",
      { a: true, b: false, c: 0, d: 1.5, e: ["x", 2, true], f: { g: 1 }, h: [{ i: 1 }] },
      ["A: yes", "B: no", "C: 0", "D: 1.5", "E: x, 2, true", 'F: {"g":1}', 'H: [{"i":1}]'],
    ],
    ["nothing for what is empty", { a: null, b: "", c: "x" }, ["C: x"]],
    ["nothing for title and body", { title: "t", body: "b", c: "x" }, ["C: x"]],
    ["a mark for what is blank", { _: " " }, ["?: –"]],
    ["one line", { a: "x\r\ny" }, ["A: x y"]],
    ["signs of ours in brackets", { "✓": "● ok\u202e" }, ["[✓]: [●] ok[U+202E]"]],
  ])("show %s", (_, data, facts) => {
    expect(content(data).facts.map(({ label, value }) => `${label}: ${value}`)).toEqual(facts);
  });

  it("are eight at most, each cut to its room", () => {
    const long = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`${index}${"n".repeat(99)}`, "v".repeat(999)]),
    );
    const { facts } = content(long);
    expect(facts).toHaveLength(8);
    for (const { label, value } of facts) {
      expect(label).toHaveLength(60);
      expect(value).toHaveLength(300);
    }
  });
});

describe("the body of an event", () => {
  it("keeps its lines, and is cut to 1,500 characters with a link to the whole", () => {
    expect(content({ body: " a\r\nb " }).body).toBe("a\nb");
    const long = { ...event, data: { body: "x".repeat(5_000) } };
    const card = eventCard(long, undefined, monitor, links);
    expect(card.body).toHaveLength(1_500);
    expect(card.full).toEqual({ kind: "link", text: "open full", url: page });
    expect(content({ body: "x".repeat(50_000) }).body).toHaveLength(20_000);
    expect(content({ body: " " })).not.toHaveProperty("body");
    expect(content({ body: 7 })).not.toHaveProperty("body");
  });
});
