import { describe, expect, it } from "vitest";
import type { EventTexts, EventType } from "../../../core/domain/event-type.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import { contentOver, readContent } from "../../../core/messages/event-content.ts";
import { textMistakes } from "../../../core/messages/text-mistakes.ts";
import { pausingOnce } from "../../fixtures/rig/pausing-once.ts";
import { event, organization } from "../domain/samples.ts";

const typed = (texts: EventTexts, attributes?: EventType["attributes"]): EventType => ({
  ...{ id: "t", organization, revision: 1, name: event.type, level: "info", version: 1 },
  ...{ about: "", texts, sample: { data: {} }, approval: { kind: "may" } },
  ...(attributes ? { attributes } : {}),
});
const read = (data: JsonObject, texts: EventTexts, attributes?: EventType["attributes"]) =>
  readContent({ ...event, data }, typed(texts, attributes));

describe("the texts of an event type", () => {
  it("C3: fill title, body, facts, link, buttons and colour from the event", () => {
    const data = { service: "web", regions: ["eu", "us"], by: { name: "Chloé" }, id: 812 };
    const { content, warnings } = read(data, {
      title: "Deploy {{ data.service | upcase }}",
      body: "To {{ data.regions }}, as {{ data.by.name }} asked.",
      facts: [{ label: "Regions", value: "{{ data.regions | size }}" }],
      link: { path: "/deploys/{{ data.id }}", label: "Deploy {{ data.id }}" },
      buttons: { approve: "Deploy {{ data.service }}" },
      colour: "#1A7F37",
    });
    expect(content).toEqual({
      title: "Deploy WEB",
      body: "To eu, us, as Chloé asked.",
      facts: [{ label: "Regions", value: "2" }],
      link: { path: "/deploys/812", label: "Deploy 812" },
      buttons: { approve: "Deploy web" },
      colour: "#1A7F37",
    });
    expect(warnings).toEqual({ missing: [] });
  });

  it("C3: mark a field that the event lacks, and warn of it", () => {
    const { content, warnings } = read(
      { service: "web", n: null },
      { title: "Deploy {{ data.service }} {{ data.version }} {{ data.n }}" },
    );
    expect(content.title).toBe("Deploy web ⟨version?⟩ ⟨n?⟩");
    expect(warnings.missing).toEqual([
      { field: "version", place: "title" },
      { field: "n", place: "title" },
    ]);
  });

  it("C3: show nothing of a text that is a mark alone, but for what is bound", () => {
    const { content, warnings } = read(
      {},
      {
        title: "Deploy",
        body: "{{ data.note }}",
        facts: [
          { label: "Note", value: "{{ data.note }}" },
          { label: "Version", value: "{{ data.version }}", bound: true },
        ],
      },
    );
    expect(content).toEqual({
      title: "Deploy",
      facts: [{ label: "Version", value: "⟨version?⟩", bound: true }],
    });
    expect(warnings.missing).toEqual([
      { field: "note", place: "body" },
      { field: "note", place: "facts/0/value" },
      { field: "version", place: "facts/1/value" },
    ]);
  });

  it("take what is missing for nothing in conditions and for its default", () => {
    const title = "{% if data.x %}a{% else %}b{% endif %}{{ data.x | default: 'c' }}";
    expect(read({}, { title }).content.title).toBe("bc");
  });

  it("C3: are filled once more where the whole process paused in between", () => {
    const title = "{{ data.service }} {{ data.version }}";
    expect(
      read(pausingOnce({ service: "web", version: "2" }, "service"), { title }).content.title,
    ).toBe("web 2");
  });

  it.each<[string, string]>([
    ["an endless loop", "{% for a in (1..99999999) %}x{% endfor %}"],
    [
      "nested loops",
      "{% for a in (1..9999) %}{% for b in (1..9999) %}{{ a }}{% endfor %}{% endfor %}",
    ],
  ])("C3: that hit a limit (%s) leave the event as it came, and say so", (_, body) => {
    const { content } = read({ service: "web" }, { title: "Deploy", body });
    expect(content).toEqual({
      title: "deploy.requested · web/1.4.2",
      facts: [{ label: "Service", value: "web" }],
      trouble: "template timed out",
    });
  });

  it.each(["{% include '/etc/passwd' %}", "{{ data.constructor.name }}", "{% if %}{{"])(
    "that ask for more than the event, or cannot be read, fail: %s",
    (title) => {
      const { content } = read({ service: "web" }, { title });
      expect(content.title).toBe("deploy.requested · web/1.4.2");
      expect(content.trouble).toBe("template failed");
    },
  );

  it("are no template where the event brings one along", () => {
    const { content } = read({ x: "{{ data.secret }}", secret: "s" }, { title: "{{ data.x }}" });
    expect(content.title).toBe("{{ data.secret }}");
  });

  it("C4: list attributes by name, an own list for a platform before the general one", () => {
    const data = { a: { b: "deep" }, c: 1, d: "only teams", actor: "Chloé" };
    const lists = { general: ["a.b", "gone"], teams: ["d", "c"], actor: true };
    const facts = [{ label: "C", value: "{{ data.c }}" }];
    const { content } = read(data, { title: "T", facts }, lists);
    const said = (list: readonly { label: string; value: string }[] | undefined) =>
      list?.map(({ label, value }) => `${label}: ${value}`);
    expect(said(content.facts)).toEqual(["C: 1", "B: deep"]);
    expect(said(content.factsOn?.teams)).toEqual(["C: 1", "D: only teams", "C: 1"]);
    expect(content.factsOn?.slack).toBeUndefined();
    expect(content.actor).toBe("Chloé");
    expect(read(data, { title: "T" }, { general: ["c"] }).content.actor).toBeUndefined();
  });

  it("put what is bound first, and call it unreadable when it is cut or there is too much of it", () => {
    const bound = (value: string) => ({ label: "V", value, bound: true as const });
    const free = { label: "F", value: "f" };
    const { content } = read({}, { facts: [free, bound("x".repeat(600))] });
    expect(content.facts.map(({ label }) => label)).toEqual(["V", "F"]);
    expect(content.unreadable).toBeUndefined();
    expect(read({}, { facts: [bound("x".repeat(601))] }).content.unreadable).toBe(true);
    const nine = Array.from({ length: 9 }, () => bound("x"));
    expect(read({}, { facts: nine }).content.unreadable).toBe(true);
  });
});

describe("what a rule or a destination says in their place", () => {
  it("C3: is only what it names, and goes before the event's own title", () => {
    const data = { title: "Own", service: "web" };
    const over = contentOver({ ...event, data }, { title: "Deploy {{ data.service }}" });
    expect(over).toEqual({ over: { title: "Deploy web" }, missing: [] });
    expect(contentOver(event, undefined)).toEqual({ over: {}, missing: [] });
  });

  it("C3: is nothing where one of its texts fails, and says so", () => {
    const texts = { title: "T", body: "{% for a in (1..99999999) %}x{% endfor %}" };
    expect(contentOver(event, texts)).toMatchObject({ over: {}, trouble: "template timed out" });
  });

  it("C3: is checked when it is saved: what cannot be read, and filters that nobody knows", () => {
    const texts = { title: "{{ a | nofilter }}", facts: [{ label: "{% if %}", value: "x" }] };
    expect(textMistakes(texts, "/message").map(({ pointer }) => pointer)).toEqual([
      "/message/title",
      "/message/facts/0/label",
    ]);
    expect(textMistakes({ title: "{{ data.x | upcase }}" }, "")).toEqual([]);
  });
});
