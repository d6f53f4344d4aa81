import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { type Receiver, startReceiver } from "../fixtures/rig/receiver.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface MadeHook {
  readonly id: string;
  readonly signing_secret?: string;
}

onEveryEngine("destinations without an app", (engine) => {
  let hub: RunningHub;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    hub = await engine.start({ OUTBOUND_ALLOW: receiver.origin });
  });
  afterAll(async () => {
    await endStory(hub);
    receiver.close();
  });

  const make = async (name: string, kind: string, path: string): Promise<MadeHook> => {
    const body = { name, kind, settings: { address: `${receiver.origin}${path}` }, types: ["*"] };
    const made = await hub.call<MadeHook>("POST", "/v1/destinations", {
      ...{ key: hub.adminKey, body },
    });
    expect(made.status).toBe(201);
    return made.body;
  };
  const at = (path: string) => receiver.received.filter((call) => call.path === path);

  it("A21 A22: a request reaches a webhook, a Slack hook and a Teams workflow, and so does its end", async () => {
    const paths = {
      webhook: "/tickets",
      "slack-webhook": "/services/T0/B0/s3cret",
      "teams-workflow": "/workflows/x/triggers/manual/paths/invoke?sig=s3cret",
    };
    receiver.answers(({ path }) =>
      path === paths["slack-webhook"] ? { status: 200, text: "ok" } : { status: 202 },
    );
    const made = new Map<string, MadeHook>();
    for (const [kind, path] of Object.entries(paths)) made.set(kind, await make(kind, kind, path));
    const to = Object.keys(paths);
    await hub.saveRules([{ name: "Hooks", types: ["deploy.*"], to, policy: "production" }]);

    const { approval } = await hub.post({
      type: "deploy.requested",
      subject: "web/9",
      data: { service: "web", version: "9", environment: "production" },
    });
    const page = `${hub.url}/approvals/${approval?.id}`;
    for (const path of Object.values(paths)) {
      await expect.poll(() => at(path).length, { timeout: 30_000 }).toBe(1);
      expect(at(path)[0]?.text).toContain(page);
    }
    const [posted] = at(paths.webhook);
    const secret = made.get("webhook")?.signing_secret ?? "";
    new Webhook(secret).verify(posted?.text ?? "", posted?.headers as Record<string, string>);

    const vote = await hub.call("POST", `/v1/approvals/${approval?.id}/votes`, {
      ...{ key: hub.adminKey, body: { choice: "approve" } },
    });
    expect(vote.status).toBe(200);
    for (const path of Object.values(paths)) {
      await expect.poll(() => at(path).length, { timeout: 30_000 }).toBe(2);
      expect(at(path)[1]?.text.toLowerCase()).toContain("approved");
    }

    const done = await hub.call("POST", `/v1/approvals/${approval?.id}/outcome`, {
      ...{ key: hub.key, body: { outcome: "failed", detail: "no such region" } },
    });
    expect(done.status).toBe(200);
    for (const path of Object.values(paths)) {
      await expect.poll(() => at(path).length, { timeout: 30_000 }).toBe(3);
      expect(at(path)[2]?.text).toContain("no such region");
    }
    // Whoever acts on an approval acts once.
    expect(at(paths.webhook).map(({ text }) => JSON.parse(text).type)).toEqual([
      "deploy.requested",
      "approval.approved",
      "approval.failed",
    ]);
  });
});
