import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusalText } from "../../core/messages/texts.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import type { Answer, Problem } from "../fixtures/rig/http.ts";
import { closedCopy, openRequest } from "../fixtures/rig/requests.ts";
import { type Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { mountSmallDisk, type SmallDisk } from "../fixtures/rig/small-disk.ts";

const mebibyte = 1_048_576;
/** What is kept free for votes; see the load limits. */
const reserve = 64 * mebibyte;

const mounted = mountSmallDisk(128);
const reason = typeof mounted === "string" ? ` [skipped: ${mounted}]` : "";

let made = 0;
function bulkyEvent() {
  made += 1;
  const data = { title: `Bulk ${made}`, filling: "x".repeat(200_000) };
  return { type: "bulk.unheard", id: `bulk-${made}`, data };
}

describe.skipIf(reason !== "")(`a full disk${reason}`, () => {
  const disk = mounted as SmallDisk;
  let hub: RunningHub;
  const accepted = new Map<string, Receipt>();
  const refused = new Map<string, object>();
  const codes = new Set<string>();

  beforeAll(async () => {
    const folder = join(disk.folder, "hub");
    mkdirSync(folder);
    hub = await RunningHub.start({}, folder);
    await hub.saveRules([
      {
        name: "deploys",
        types: ["deploy.*"],
        to: ["#releases", "Ops › General"],
        policy: "production",
      },
    ]);
  });
  afterAll(async () => {
    disk.clear();
    await hub.stop();
    disk.remove();
  });

  async function postBulk(): Promise<void> {
    const event = bulkyEvent();
    const answer: Answer<unknown> = await hub.call("POST", "/v1/events", { body: event });
    if (answer.status === 202) {
      accepted.set(event.id, answer.body as Receipt);
      return;
    }
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    codes.add((answer.body as Problem).code);
    refused.set(event.id, event);
  }

  /** Free the disk, and wait until the hub has looked: from then on, for a second, it takes events unseen. */
  async function makeRoom(): Promise<void> {
    disk.clear();
    const before = accepted.size;
    await expect
      .poll(() => postBulk().then(() => accepted.size), { timeout: 5_000 })
      .toBeGreaterThan(before);
  }

  it("G9: lets votes in where it lets no event in any more", async () => {
    const request = await openRequest(hub);
    disk.fill(reserve / 2);
    // The disk is looked at once a second.
    await expect
      .poll(() => postBulk().then(() => [...codes]), { timeout: 5_000 })
      .toEqual(["disk_reserve"]);
    const sight = await hub.sandbox.click({
      message: request.copies.slack.id,
      person: "Ann",
      action: "approve",
    });
    expect(sight.shown).toBe("updated");
    for (const platform of platforms) await closedCopy(hub, request, platform);
    await everyDeliveryHasAnEnd(hub);
  });

  it("F1: answers 503 with Retry-After, and 202 to nothing that is not on the disk", async () => {
    for (let time = 0; time < 10 && !codes.has("store_unavailable"); time += 1) {
      await makeRoom();
      disk.fill();
      await Promise.all(Array.from({ length: 100 }, postBulk));
    }
    expect([...codes].toSorted()).toEqual(["disk_reserve", "store_unavailable"]);
  });

  it("F1: tells a person that nothing is certain, or keeps the vote", async () => {
    await makeRoom();
    const request = await openRequest(hub);
    await everyDeliveryHasAnEnd(hub);
    disk.fill();
    const { text = "", shown } = await hub.sandbox.click({
      message: request.copies.teams.id,
      person: "Ben",
      action: "approve",
    });
    await hub.kill();
    disk.clear();
    await hub.restart();
    const { body } = await hub.call<{ readonly state: string }>(
      "GET",
      `/v1/approvals/${request.approval}`,
    );
    const notConfirmed = refusalText({ because: "not_confirmed" }, "teams", new Date());
    expect(body.state).toBe(shown === "updated" ? "approved" : "open");
    expect(text).toBe(shown === "updated" ? "" : notConfirmed);
    const again = await hub.sandbox.click({
      message: request.copies.teams.id,
      person: "Ben",
      action: "approve",
    });
    expect(["updated", "refusal"]).toContain(again.shown);
    for (const platform of platforms) await closedCopy(hub, request, platform);
    await everyDeliveryHasAnEnd(hub);
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });

  it("F1: says in one sentence that it cannot start, and starts when there is room", async () => {
    await hub.kill();
    disk.fill();
    await expect(hub.restart()).rejects.toThrow(
      /^It ended \(1\):\nThe disk of the data folder .* is full\..*$/,
    );
    disk.clear();
    await hub.restart();
  });

  it("F1: has kept everything that it accepted, and takes the rest when there is room", async () => {
    expect(accepted.size).toBeGreaterThan(0);
    for (const [, receipt] of accepted) {
      expect((await hub.call("GET", `/v1/events/${receipt.id}`)).status).toBe(200);
    }
    for (const [, event] of refused)
      expect(await hub.post(event)).toMatchObject({ status: "accepted" });
    await everyDeliveryHasAnEnd(hub);
  });
});
