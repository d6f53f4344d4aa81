import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEnginesSideBySide } from "../fixtures/rig/engines.ts";
import { decidingButtons, shownTexts } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

interface TypeBody {
  readonly sample: { readonly subject?: string; readonly link?: string; readonly data: object };
}

/** What the systems of our customers send, from the first event to the last, on Slack and on Teams alike. */
onEnginesSideBySide("the systems that customers connect", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
    await hub.saveRules([
      { name: "Asked of people", types: ["object.escalated"], to: both, policy: "production" },
      { name: "Everything", types: ["*"], to: both },
    ]);
  });
  afterAll(() => endStory(hub));
  const both = ["#releases", "Ops › General"];

  /** Send the sample of a type, as it can be sent now. */
  async function send(type: string, subject: string, data: object = {}): Promise<Receipt> {
    const { body } = await hub.call<TypeBody>("GET", `/v1/event-types/${type}`);
    return hub.post({
      type,
      ...body.sample,
      time: undefined,
      subject,
      data: { ...body.sample.data, ...data },
    });
  }
  async function open(type: string, subject: string, data: object = {}): Promise<string> {
    const { approval } = await send(type, subject, data);
    if (!approval) throw new Error(`${type} opened nothing`);
    return approval.id;
  }
  /** Wait until both chats show one message with all of these texts; answer the one in Slack. */
  async function shows(...texts: readonly string[]): Promise<SandboxMessage> {
    const fits = (message: SandboxMessage) => {
      const shown = shownTexts(message);
      return texts.every((text) => shown.includes(text));
    };
    const [slack] = await Promise.all(platforms.map((chat) => hub.sandbox.message(chat, fits)));
    return slack as SandboxMessage;
  }
  /** Wait until both chats have a reply with this text below the message with that one. */
  const replies = (card: string, text: string) =>
    Promise.all(
      platforms.map((chat) =>
        hub.sandbox.message(
          chat,
          (message) =>
            shownTexts(message).includes(card) && JSON.stringify(message.thread).includes(text),
        ),
      ),
    );
  const state = async (approval: string) =>
    (await hub.call<{ state: string; closed_via: string }>("GET", `/v1/approvals/${approval}`))
      .body;

  describe("asset requests and equipment", () => {
    it("B2, D23: a request is asked, answered in its thread, decided in chat and handed over", async () => {
      const approval = await open("asset_request_created", "seed/asset/1", {
        item: "Standing desk",
      });
      const card = await shows(
        "Equipment request: Standing desk",
        "Waiting for approval",
        "asked by Chloé",
      );
      expect(decidingButtons(card)).toEqual(["approve", "reject"]);
      await send("asset_request_reply", "seed/asset/1", { text: "The left corner would be best." });
      await replies("Equipment request: Standing desk", "The left corner would be best.");
      await hub.sandbox.click({ message: card.id, person: "Ann", action: "approve" });
      await shows("Equipment request: Standing desk", "Approved by Ann in Slack");
      await send("asset_request_fulfilled", "seed/asset/1", { item: "Standing desk" });
      await shows("Equipment request: Standing desk", "fulfilled", "Standing desk to Chloé Martin");
      expect((await hub.sandbox.callback(approval)).body.data).toMatchObject({ via: "slack" });
    });

    it.each([
      ["asset_request_approved", "approved", "Approved by Priya Nair at its producer"],
      ["asset_request_rejected", "rejected", "Rejected by Priya Nair at its producer"],
    ])(
      "B2, D23: %s settles a request in the inventory, and every card is final",
      async (type, ended, line) => {
        const item = `Chair that is ${ended}`;
        const approval = await open("asset_request_created", `seed/asset/${ended}`, { item });
        await shows(item, "Waiting for approval");
        await send(type, `seed/asset/${ended}`);
        expect(decidingButtons(await shows(item, line))).toEqual([]);
        expect((await hub.sandbox.callback(approval)).body.data).toMatchObject({
          ...{ state: ended, via: "producer", votes: [] },
        });
      },
    );

    it.each([
      ["hardware_assigned", "LT-0457 now belongs to Tomás Vega", "Lindqvist L14"],
      ["warranty_expiring", "Warranty of SRV-0012 ends soon", "Northrack 2U"],
      ["license_expiring", "Licence of Atlas Draw Studio ends soon", "Design"],
      ["license_renewal_due", "Renew Tide CRM", "Tidewater Software"],
      ["transfer_agreement_issued", "Transfer TA-118 to Aiko Mori", "LT-0457, DOCK-0031"],
      ["pool_checkout_due", "CAM-07 is due back", "Oskar Lind"],
    ])("B2: %s is told in both chats", async (type, title, fact) => {
      await send(type, `seed/${type}`);
      expect(decidingButtons(await shows(title, fact))).toEqual([]);
    });
  });

  describe("approval links", () => {
    it("B2, D23: a link is made, its PIN missed, locked, and its action used", async () => {
      const approval = await open("approval_created", "shop/deploy", {
        info: "Roll out build 318?",
      });
      await shows("Roll out build 318?", "Webshop", "shop/deploy", "build-318", "expires");
      await send("pin_failed", "shop/deploy");
      await shows("Roll out build 318?", "Wrong PIN: 2 of 5 tries used");
      await send("token_locked", "shop/deploy");
      await shows("Roll out build 318?", "Locked at the producer: Five wrong PINs in a row");
      await send("approval_executed", "shop/deploy");
      await shows("Roll out build 318?", "Approved by the link of Webshop at its producer");
      expect(await state(approval)).toMatchObject({ state: "approved", closed_via: "producer" });
    });

    it.each([
      ["approval_expired", "Roll out build 319?", "Expired at its producer"],
      ["approval_invalidated", "Roll out build 320?", "Cancelled by Noor Haddad"],
    ])("B2, D23: %s ends it", async (type, info, line) => {
      await open("approval_created", `shop/${type}`, { info });
      await shows(info, "Waiting for approval");
      await send(type, `shop/${type}`);
      expect(decidingButtons(await shows(info, line))).toEqual([]);
    });

    it("B2: what tells of a link that nobody knows is information", async () => {
      await send("pin_failed", "shop/unknown");
      await shows("Webshop: a wrong PIN was typed", "shop/unknown", "2 of 5");
    });
  });

  describe("access requests", () => {
    it("B2, D23: access is asked for, approved in Teams, given, and ends in good order", async () => {
      const approval = await open("RequestCreated", "access/1", {
        integration: "Refunds database",
      });
      await shows("Access to Refunds database", "orders, refunds", "production", "4 hours");
      const card = await hub.sandbox.message("teams", (message) =>
        shownTexts(message).includes("Access to Refunds database"),
      );
      await hub.sandbox.click({ message: card.id, person: "Ben", action: "approve" });
      await shows("Access to Refunds database", "Approved by Ben in Teams");
      await send("RequestGranted", "access/1", { integration: "Refunds database" });
      await shows("Access to Refunds database", "granted", "until");
      await send("RequestExpired", "access/1");
      await replies("Access to Refunds database", "Access request ran out");
      expect(await state(approval)).toMatchObject({ state: "approved", conflict: null });
    });

    it("B2: what the access system says otherwise is shown, and the decision stays", async () => {
      const approval = await open("RequestCreated", "access/2", { integration: "Payroll" });
      const card = await shows("Access to Payroll", "Waiting for approval");
      await hub.sandbox.click({ message: card.id, person: "Ann", action: "approve" });
      await shows("Access to Payroll", "Approved by Ann in Slack");
      await send("RequestRejected", "access/2");
      await shows("Access to Payroll", "Approved by Ann", "but ci says: Rejected by Samir Okafor");
      await replies("Access to Payroll", "That stands.");
      await send("RequestFailed", "access/2");
      await shows("Access to Payroll", "failed", "does not exist on the database");
      expect(await state(approval)).toMatchObject({ state: "approved", closed_via: "slack" });
      await hub.line(/"kind":"approval.conflict"/);
    });

    it("B2: the same request twice is one, and what differs is said in the thread", async () => {
      const approval = await open("RequestCreated", "access/3", { integration: "Ledger copy" });
      await shows("Access to Ledger copy", "4 hours");
      const again = await send("RequestCreated", "access/3", {
        ...{ integration: "Ledger copy", duration: "30 days" },
      });
      expect(again.approval).toMatchObject({ id: approval, differs: true });
      await replies("Access to Ledger copy", "Duration: 4 hours → 30 days");
    });
  });

  describe("notifications of a platform", () => {
    it.each([
      ["report.completed", "Report ready: Weekly churn", "1284"],
      ["sync.failed", "Sync of Ledger failed", "The source closed the connection"],
      ["user.invited", "mei@example.com was invited", "Analyst"],
      ["alert.triggered", "Disk almost full on db-1", "93 %"],
      ["user.deactivated", "ilya@example.com was deactivated", "Left the company"],
    ])("B2: %s is told in both chats with its summary", async (type, title, fact) => {
      await send(type, `seed/${type}`);
      await shows(title, fact);
    });
  });

  describe("records of a ticket system", () => {
    it("B2, IT-06: a transition is told, and a comment stands on its own", async () => {
      await send("object.transition", "UserRequest/1");
      await shows("Badge reader at the north gate is dark", "pending", "Facilities", "Rotterdam");
      await send("object.log_updated", "UserRequest/1");
      await shows("Badge reader at the north gate is dark", "Aiko Mori: The cable behind it");
    });

    it("B1, B2: a type that an admin adds at run time opens, replies and closes at once", async () => {
      const escalated = {
        name: "object.escalated",
        ...{ about: "A record needs a decision", level: "warning" },
        schema: { type: "object", properties: { ref: { type: "string" } }, required: ["ref"] },
        sample: { subject: "r", data: { ref: "R-1" } },
        texts: { title: "Escalate {{ data.ref }}?", buttons: { approve: "Escalate" } },
        approval: { kind: "may" },
      };
      const { status } = await hub.call("PUT", "/v1/event-types/object.escalated", {
        ...{ key: hub.adminKey, body: escalated },
      });
      expect(status).toBe(201);
      const approval = await open("object.escalated", "Incident/7", { ref: "I-000077" });
      await shows("Escalate I-000077?", "Waiting for approval", "Approve · Escalate");
      await send("object.log_updated", "Incident/7", { text: "Ops know of it." });
      await replies("Escalate I-000077?", "Ops know of it.");
      await hub.call("POST", `/v1/approvals/${approval}/cancel`, { body: {} });
      await shows("Escalate I-000077?", "Cancelled by ci");
    });
  });
});
