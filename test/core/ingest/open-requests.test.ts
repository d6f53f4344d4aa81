import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "../../../core/domain/approval.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { createOpenRequests, mostOpenRequests } from "../../../core/ingest/open-requests.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import type { Problem } from "../../fixtures/rig/http.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

describe("open requests of a producer", () => {
  let web: WebHub;
  let now = 0;
  beforeEach(async () => {
    now = 0;
    web = await startWebHub({ clock: handClock() });
  });
  afterEach(() => web.close());

  const opened = async (key: string, id: string) => {
    const body = { type: "deploy.requested", id, subject: id, data: { approval: {} } };
    const { body: receipt } = await web.call<{ approval: { id: string } }>("POST", "/v1/events", {
      key,
      body,
    });
    return receipt.approval.id;
  };
  const counting = () => createOpenRequests(web.store, organization, { nowMs: () => now, most: 3 });

  it("G9: are refused beyond the cap, and let in again after a decision", async () => {
    const { producer, key } = await web.producer("ci");
    const first = await opened(key, "1");
    await opened(key, "2");
    const open = counting();
    expect(await open.reserve(producer.id, 1)).toBeUndefined();
    await opened(key, "3");
    const refused = await open.reserve(producer.id, 1);
    expect(refused).toMatchObject({ status: 429, code: "too_many_open", retryAfterS: 60 });
    await web.call("POST", `/v1/approvals/${first}/cancel`, { key, body: {} });
    now += 999;
    expect((await open.reserve(producer.id, 1))?.status).toBe(429);
    now += 1;
    expect(await open.reserve(producer.id, 1)).toBeUndefined();
  });

  it("count only those of the producer itself", async () => {
    const [ci, other] = [await web.producer("ci"), await web.producer("other")];
    for (const id of ["1", "2", "3"]) await opened(ci.key, id);
    const open = counting();
    expect((await open.reserve(ci.producer.id, 1))?.status).toBe(429);
    expect(await open.reserve(other.producer.id, 3)).toBeUndefined();
  });

  it("let no more in than there was room, however many ask at once", async () => {
    const { producer } = await web.producer("ci");
    const open = counting();
    const asked = await Promise.all(Array.from({ length: 10 }, () => open.reserve(producer.id, 1)));
    expect(asked.filter((problem) => problem === undefined)).toHaveLength(3);
  });

  it("refuse a batch that would pass the cap as a whole, and cost information nothing", async () => {
    const { producer } = await web.producer("ci");
    const open = counting();
    expect((await open.reserve(producer.id, 4))?.code).toBe("too_many_open");
    expect(await open.reserve(producer.id, 0)).toBeUndefined();
    expect(await open.reserve(producer.id, 3)).toBeUndefined();
  });

  it("G9: are stopped at the door, while information passes", async () => {
    const [ci, other] = [await web.producer("ci"), await web.producer("other")];
    await opened(other.key, "1");
    const [approval] = await web.store.approvals.scan("byTime", { limit: 1 });
    const twins = Array.from({ length: mostOpenRequests }, (_, index) => ({
      ...(approval as Approval),
      id: deriveId("approval", index),
      producer: ci.producer.id,
    }));
    await Promise.all(twins.map((twin) => web.store.approvals.insert(twin)));
    const post = (id: string, data: object) => {
      const body = { type: "deploy.requested", id, subject: id, data };
      return web.call<Problem>("POST", "/v1/events", { key: ci.key, body });
    };
    const refused = await post("2", { approval: {} });
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_open" } });
    expect(refused.headers.get("retry-after")).toBe("60");
    expect((await post("2", {})).status).toBe(202);
  });
});
