import { afterAll, beforeAll, expect, it } from "vitest";
import { opaque } from "../../core/web/lists/cursor.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEnginesSideBySide } from "../fixtures/rig/engines.ts";
import type { Problem } from "../fixtures/rig/http.ts";
import { deployEvent, openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface ApprovalBody {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
}

interface OwnedList {
  readonly items: readonly { readonly producer: { readonly id: string } }[];
}

interface ServerEvent {
  readonly id: string;
  readonly body: ApprovalBody;
}

/** Read server-sent events until one fits, and hang up. */
async function readStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  fits: (event: ServerEvent) => boolean,
): Promise<readonly ServerEvent[]> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const seen: ServerEvent[] = [];
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const id = /^id: ?(.*)$/m.exec(part)?.[1];
      const body = /^data: ?(.*)$/m.exec(part)?.[1];
      if (id !== undefined && body) seen.push({ id, body: JSON.parse(body) as ApprovalBody });
    }
    if (seen.some(fits)) break;
  }
  stop.abort();
  return seen;
}

onEnginesSideBySide("watching a request", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  /** The producer of this file's requests. */
  async function ownProducer() {
    const { body } = await hub.call<OwnedList>("GET", "/v1/approvals");
    return body.items[0]?.producer.id ?? "none";
  }

  const approve = (message: string) =>
    hub.sandbox.click({ message, person: "Ann", action: "approve" });

  it("E3: wait answers as soon as somebody decides", async () => {
    const { approval, copies } = await openRequest(hub);
    const waiting = hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}?wait=30`);
    await approve(copies.slack.id);
    expect(await waiting).toMatchObject({ status: 200, body: { id: approval, state: "approved" } });
  });

  it("E3: wait answers at once where the revision has passed already", async () => {
    const { approval, copies } = await openRequest(hub);
    const path = `/v1/approvals/${approval}?wait=30&after_revision=0`;
    expect((await hub.call<ApprovalBody>("GET", path)).body).toMatchObject({ state: "open" });
    await approve(copies.teams.id);
    const after = await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}?wait=30`);
    expect(after.body.state).toBe("approved");
  });

  it("E3: wait answers 200 with the open request when its time is over", async () => {
    const { approval } = await openRequest(hub);
    const answer = await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}?wait=1`);
    expect(answer).toMatchObject({ status: 200, body: { state: "open" } });
  });

  it("E3: the stream tells each revision and goes on after the last one that was seen", async () => {
    const { approval, copies } = await openRequest(hub);
    const url = `${hub.url}/v1/approvals/${approval}/stream`;
    const headers = { authorization: `Bearer ${hub.key}` };
    const opened = await readStream(url, headers, ({ body }) => body.state === "open");
    const last = opened.at(-1)?.id ?? "";
    const rest = readStream(
      url,
      { ...headers, "last-event-id": last },
      ({ body }) => body.state === "approved",
    );
    await approve(copies.slack.id);
    const told = await rest;
    expect(told.map(({ body }) => body.state)).toEqual(["approved"]);
    expect(told[0]?.id).toBe(String(told[0]?.body.revision));
  });

  it("E3: one call says whether something is pending for a key", async () => {
    const { approval, event, copies } = await openRequest(hub);
    const { subject } = event as { readonly subject: string };
    const path = `/v1/approvals?key=${encodeURIComponent(subject)}&state=open`;
    const pending = async () =>
      (await hub.call<{ readonly items: readonly ApprovalBody[] }>("GET", path)).body.items;
    expect((await pending()).map(({ id }) => id)).toEqual([approval]);
    await approve(copies.slack.id);
    expect(await pending()).toEqual([]);
  });

  it("H2: lists come newest first and page by page, and end", async () => {
    for (let count = 0; count < 3; count += 1) await openRequest(hub);
    const ids: string[] = [];
    let after = "";
    do {
      const page = await hub.call<{
        readonly items: readonly { readonly id: string; readonly opened_at: string }[];
        readonly next: string | null;
      }>("GET", `/v1/approvals?limit=2${after}`);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.body.items.map(({ id }) => id));
      after = page.body.next === null ? "" : `&after=${encodeURIComponent(page.body.next)}`;
    } while (after !== "");
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(3);
  });

  it.each(["limit=0", "limit=201", "limit=x", "state=lost"])(
    "H2: refuses a list asked for with %s",
    async (query) => {
      const answer = await hub.call<Problem>("GET", `/v1/approvals?${query}`);
      expect([answer.status, answer.body.code]).toEqual([422, "parameter_invalid"]);
      expect(answer.body.errors?.[0]?.pointer).toBe(`?${query.split("=")[0]}`);
    },
  );

  it.each(["", "&order=asc"])(
    "H2: no cursor leads to another producer's requests%s",
    async (order) => {
      await hub.call("POST", "/v1/events", { key: hub.adminKey, body: deployEvent() });
      await openRequest(hub);
      const producer = await ownProducer();
      const signs = ["\u0000", "\u0002", "a", "zzzz", "\u{10ffff}"];
      for (const sign of signs) {
        const after = opaque(sign);
        for (const list of ["events", "approvals"]) {
          const path = `/v1/${list}?limit=200${order}&after=${after}`;
          const { body } = await hub.call<OwnedList>("GET", path);
          expect(body.items.filter((item) => item.producer.id !== producer)).toEqual([]);
        }
      }
    },
  );

  it("H2: an id that names nothing is 404 with a hint", async () => {
    const answer = await hub.call<Problem>("GET", "/v1/approvals/apr_nothing");
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    expect(answer.body.hint).not.toBe("");
  });
});
