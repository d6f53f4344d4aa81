import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { channelKey } from "../../../../core/domain/channel.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { SendResult } from "../../../../core/domain/send-result.ts";
import { createInstallations } from "../../../../core/installations/installations.ts";
import type { DestinationAdapter } from "../../../../core/ports/chat-platform.ts";
import { createVault } from "../../../../core/secrets.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { channel, grant, smallChat } from "../../channels/small-chat.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface Tested {
  readonly outcome: string;
  readonly steps: readonly { readonly state: string; readonly step: string }[];
  readonly note: string | null;
  readonly trouble: { readonly code: string; readonly next: string } | null;
  readonly delivery: { readonly id: string } | null;
  readonly attempt: { readonly response: string } | null;
}

const platforms = {
  slack: { grant, workspace: "T0ACME", refused: "not_in_channel", name: "#releases" },
  teams: {
    grant: { platform: "teams", entraTenantId: "9a3b", name: "Contoso" } as const,
    ...{ workspace: "9a3b", refused: "BotNotInConversationRoster", name: "Ops › General" },
  },
};

describe.each(["slack", "teams"] as const)(
  "a test of a channel that nobody chose, in %s",
  (kind) => {
    const { workspace, refused, name, ...given } = platforms[kind];
    const id = deriveId("installation", organization, kind, workspace);
    const path = "/v1/destinations/test";
    let api: ApiRig;
    let key: string;
    let answer: SendResult;
    let posted: { channel: string; title: string }[];

    beforeEach(async () => {
      api = await startApi();
      await api.keepPolicy();
      const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
      const installations = createInstallations(api.store, vault, organization);
      await installations.save(given.grant, { at: new Date(), by: deriveId("person", "Ann") });
      const serviceUrl = "https://smba.example/";
      if (kind === "teams") {
        await api.hub.news.tell({
          ...{ platform: kind, workspace, news: "1", at: new Date(), kind: "team_seen" },
          team: { id: "19:ops", name: "Ops", serviceUrl },
        });
      }
      const look = { workspace, ...(kind === "teams" ? { serviceUrl } : {}) };
      const chat = smallChat([channel("C1", name, look), channel("C2", `${name} 2`, look)]);
      api.hub.doors.use(kind, chat.door);
      posted = [];
      answer = { kind: "sent", ref: { platform: kind, workspace, channel: "C1", message: "1" } };
      api.hub.connect({
        ...{ kind, paces: [], budgets: [] },
        post: async (destination, message) => {
          posted.push({ channel: destination.channelId, title: JSON.stringify(message) });
          return { result: answer, request: {}, response: { ok: answer.kind === "sent", refused } };
        },
        note: async () => ({ result: { kind: "sent" }, request: {}, response: {} }),
        edit: async (ref) => ({ result: { kind: "sent", ref }, request: {}, response: {} }),
      } satisfies DestinationAdapter<typeof kind> as DestinationAdapter);
      await api.hub.start();
      api.hub.deliver();
      key = await api.person("Ann", ["admin"], ["admin", "read"]);
    });
    afterEach(() => api.close());

    const tryIt = <Body = Tested>(over: Readonly<Record<string, unknown>> = {}) =>
      api.call<Body>("POST", path, { key, body: { workspace: id, channel: "C1", ...over } });
    const destinations = () => api.store.destinations.scan("byName", { limit: 10 });

    it("A13: arrives, says that the value is not saved, and leaves no destination", async () => {
      const { status, body } = await tryIt();
      expect([status, body.outcome, body.trouble]).toEqual([200, "passed", null]);
      expect(body.steps.map(({ state }) => state)).toEqual(["done", "done", "done"]);
      expect(body.steps.at(-1)?.step).toBe(`post to ${name}`);
      expect(body.note).toContain("Unsaved value");
      expect(body.delivery?.id).toMatch(/^dlv_/);
      expect(posted.map((one) => one.channel)).toEqual(["C1"]);
      expect(await destinations()).toEqual([]);
    });

    it("A13: posts the sample of the chosen event type, as a test", async () => {
      await tryIt({ sample: "sync.failed" });
      expect(posted[0]?.title).toContain("test message with sample content");
      expect(posted[0]?.title).toContain("Sync of Ledger failed");
      const unknown = await tryIt<Problem>({ sample: "sync.faild" });
      expect([unknown.status, unknown.body.code]).toEqual([422, "sample_unknown"]);
    });

    it("A13: what the platform refuses is said in its own words, is tried once and told to nobody else", async () => {
      const ops = await api.call<{ id: string }>("POST", "/v1/destinations", {
        ...{ key, body: { workspace: id, channel: "C2" } },
      });
      await api.hub.operations.set(ops.body.id as never);
      for (const result of [
        { kind: "disconnected", from: "channel", because: refused },
        { kind: "rejected", remedy: "reroute", because: refused },
        { kind: "retry", because: refused },
        { kind: "unknown", because: refused },
      ] as const) {
        answer = result;
        const { body } = await tryIt();
        expect(body.outcome).toBe("failed");
        expect(body.steps.at(-1)?.state).toBe("failed");
        expect(body.trouble?.code).toBe(refused);
        expect(body.trouble?.next).not.toBe("");
        expect(body.attempt?.response).toContain(refused);
        const kept = await api.store.deliveries.get(body.delivery?.id ?? "");
        expect(kept).toMatchObject({ state: "suppressed", cause: refused, attempts: 1 });
      }
      expect(posted.map((one) => one.channel)).toEqual(["C1", "C1", "C1", "C1"]);
      const again = await api.call<{ found: number }>("POST", "/v1/deliveries/redeliver", {
        ...{ key, body: { dry_run: true } },
      });
      expect(again.body.found).toBe(0);
      const told = await api.store.events.scan("byType", {
        ...{ prefix: [organization, "destination.broken"], limit: 5 },
      });
      expect(told).toEqual([]);
    });

    it("A13: a destination that is switched off is tried at another channel, and the answer says it", async () => {
      const made = await api.call<{ id: string; revision: number }>("POST", "/v1/destinations", {
        ...{ key, body: { workspace: id, channel: "C2", name: "ops" } },
      });
      const headers = { "if-match": `"${made.body.revision}"` };
      const off = `/v1/destinations/${made.body.id}`;
      await api.call("PATCH", off, { key, headers, body: { state: "disabled" } });
      const { body } = await tryIt({ workspace: undefined, destination: "ops" });
      expect(body.outcome).toBe("passed");
      expect(body.note).toMatch(/Unsaved value.*Live events are off here/);
      const known = (await tryIt({ channel: "C2" })).body;
      expect(known.note).toBe("Live events are off here: only tests arrive.");
      expect(posted.map((one) => one.channel)).toEqual(["C1", "C2"]);
    });

    it("A13: what cannot be tried says why, and sends nothing", async () => {
      const nowhere = await tryIt<Problem>({ channel: "C9" });
      expect([nowhere.status, nowhere.body.code]).toEqual([422, "channel_unknown"]);
      const half = await tryIt<Problem>({ kind: "channel", workspace: undefined });
      expect([half.status, half.body.code]).toEqual([422, "body_invalid"]);
      expect(posted).toEqual([]);
    });

    describe("in the picker", () => {
      let ann: ConsoleVisitor;
      const page = `/workspaces/${id}/channels?q=C1`;
      const form = { workspace, channel: "C1", name, q: "C1" };
      const post = (over: Readonly<Record<string, string>>) =>
        ann.post(page, `/workspaces/${id}/channels`, { ...form, ...over });
      beforeEach(async () => {
        ann = await visitAs(api, deriveId("person", "Ann"));
      });

      it("A13: each channel has a test beside its choice; the answer leads to both", async () => {
        expect((await ann.get(page)).body).toContain("before it is chosen");
        const { status, body } = await post({ do: "test", sample: "sync.failed" });
        expect(status).toBe(200);
        expect(body).toContain("The test message was taken");
        expect(body).toContain("Unsaved value");
        expect(body).toContain(`Choose ${name}`);
        expect(body).toMatch(/value="sync.failed" selected/);
        expect(await destinations()).toEqual([]);
        expect((await post({ do: "choose" })).status).toBe(303);
        expect((await destinations()).map((one) => one.name)).toEqual([name]);
      });

      it("A13: a refused test shows the platform's words and what to do", async () => {
        answer = { kind: "rejected", because: refused };
        const { body } = await post({ do: "test" });
        expect(body).toContain("The test failed");
        expect(body).toContain("What to do:");
        expect(body).toContain(refused);
      });

      it("A13: a test of a channel that is gone says so at its place", async () => {
        await api.store.channels.remove(channelKey(id, workspace, "C1"));
        const { status, body } = await post({ do: "test", channel: "C9" });
        expect(status).toBe(409);
        expect(body).toContain("Nothing was sent.");
        expect(posted).toEqual([]);
      });
    });
  },
);
