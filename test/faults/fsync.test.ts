import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusalText } from "../../core/messages/texts.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { failFsync, whyNoFailingFsync } from "../fixtures/rig/failing-fsync.ts";
import type { Problem } from "../fixtures/rig/http.ts";
import { closedCopy, deployEvent, openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

const why = whyNoFailingFsync();
const reason = why === undefined ? "" : ` [skipped: ${why}]`;

describe.skipIf(why !== undefined)(`a disk whose fsync fails${reason}`, () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  const stateOf = async (approval: string) =>
    (await hub.call<{ readonly state: string }>("GET", `/v1/approvals/${approval}`)).body.state;

  it("F1: acknowledges no event and no vote, and takes both when it works again", async () => {
    const request = await openRequest(hub);
    await everyDeliveryHasAnEnd(hub);
    const click = { message: request.copies.slack.id, person: "Ann", action: "approve" };
    const event = deployEvent();

    const mend = await failFsync(hub.pid);
    const refused = await hub.call<Problem>("POST", "/v1/events", { body: event });
    const sight = await hub.sandbox.click(click);
    const ready = await hub.call("GET", "/readyz");
    await mend();
    expect(refused).toMatchObject({ status: 503, body: { code: "store_unavailable" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(sight.text).toBe(refusalText({ because: "not_confirmed" }, "slack", new Date()));
    expect(ready.status).toBe(503);

    expect(await stateOf(request.approval)).toBe("open");
    expect(await hub.post(event)).toMatchObject({ status: "accepted" });
    expect((await hub.sandbox.click(click)).shown).toBe("updated");
    for (const platform of platforms) await closedCopy(hub, request, platform);
    await everyDeliveryHasAnEnd(hub);
    await hub.kill();
    await hub.restart();
    expect(await stateOf(request.approval)).toBe("approved");
    expect(await hub.post(event)).toMatchObject({ status: "duplicate" });
    expect(await hub.sandbox.effects(request.approval)).toHaveLength(1);
  });
});
