import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleVisitor, visit } from "../fixtures/rig/console-visitor.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

describe("linking a chat account", () => {
  let hub: RunningHub;
  let ann: ConsoleVisitor;
  let eve: ConsoleVisitor;
  beforeAll(async () => {
    hub = await RunningHub.start();
    ann = visit(hub.url);
    await ann.get(new URL(hub.block.startLink).pathname);
    // The sandbox's signed-in admin adds Eve, and hands her the link that signs her in.
    const fields = { name: "Eve", email: "eve@example.com", roles: "approver" };
    const { body } = await ann.post("/people", "/people", fields);
    eve = visit(hub.url);
    await eve.get(/\/start\/[\w-]+/.exec(body)?.[0] ?? "");
  });
  afterAll(() => endStory(hub));

  it.each(platforms)(
    "A10: the first click in %s gives a private link, and the click after linking counts",
    async (platform) => {
      // Staging has no policy of its own, so any approver may decide.
      const request = await openRequest(hub, { environment: "staging", approval: {} });
      const press = { message: request.copies[platform].id, person: "Eve", action: "approve" };
      const refused = await hub.sandbox.click(press);
      expect(refused.shown).toBe("refusal");
      const link = new URL(/http\S+\/link\/\w+/.exec(refused.text ?? "")?.[0] ?? "").pathname;
      const open = await hub.call<{ state: string }>("GET", `/v1/approvals/${request.approval}`);
      expect(open.body.state).toBe("open");

      const other = await ann.post(link, link);
      expect([other.status, other.body.includes("An admin has to agree")]).toEqual([202, true]);
      expect((await hub.sandbox.click(press)).shown).toBe("refusal");

      const again = await hub.sandbox.click(press);
      const own = new URL(/http\S+\/link\/\w+/.exec(again.text ?? "")?.[0] ?? "").pathname;
      expect((await eve.get(own)).body).toContain("eve@example.com");
      expect((await eve.post(own, own)).body).toContain("The account is linked");
      expect((await hub.sandbox.click(press)).shown).toBe("updated");
      const { body } = await hub.call("GET", `/v1/approvals/${request.approval}`);
      expect(body).toMatchObject({
        state: "approved",
        votes: [{ name: "Eve", via: platform, identity: "link" }],
      });
    },
  );

  it("A10: the person's earlier accounts are named in the hub's own event", async () => {
    const { body } = await hub.call<{ items: { data: { earlier_accounts: string[] } }[] }>(
      "GET",
      "/v1/events?type=installation.account_linked",
      { key: hub.adminKey },
    );
    const earlier = body.items.map(({ data }) => data.earlier_accounts.length);
    expect(earlier.sort()).toEqual([0, 1]);
  });
});
