import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { troubleOf } from "../../../core/messages/platform-troubles.ts";
import { type Receiver, startReceiver } from "../../fixtures/rig/receiver.ts";
import { type ApiRig, startApi } from "../web/api/api-rig.ts";

interface Recipe {
  readonly name: string;
  readonly types: readonly string[];
  readonly settings: { readonly address: string; readonly [key: string]: unknown };
}

const page = readFileSync("core/destinations/webhook/README.md", "utf8");
const recipes = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(
  // The page shows no credential.
  ([, text]) => JSON.parse((text ?? "").replaceAll("…", "hunter2")) as Recipe,
);

/** What the systems of the recipes are given, as they would read it. */
const expected: Readonly<Record<string, (body: unknown) => void>> = {
  "open a ticket": (body) =>
    expect(body).toMatchObject({
      ticket: { subject: 'Disk of "db-1" is full', priority: "urgent", external_id: "evt_" },
    }),
  "create an issue": (body) =>
    expect(body).toMatchObject({
      title: 'Disk of "db-1" is full',
      labels: ["countersign", "critical"],
      data: { title: 'Disk of "db-1" is full' },
    }),
};

describe("recipes of webhooks", () => {
  let api: ApiRig;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    api = await startApi({ outboundAllow: [receiver.origin] });
    await api.hub.start();
    api.hub.deliver();
  });
  afterAll(async () => {
    await api.close();
    receiver.close();
  });

  it.each(recipes.map((one) => [one.name, one] as const))("A21: %s", async (name, recipe) => {
    receiver.received.length = 0;
    const key = await api.person(name.replaceAll(" ", ""), ["admin"], ["admin", "read"]);
    const { key: ci } = await api.producer(name);
    const address = recipe.settings.address.replace(/^https:\/\/[^/]+/, receiver.origin);
    const body = { ...recipe, settings: { ...recipe.settings, address } };
    const made = await api.call("POST", "/v1/destinations", { key, body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { version } = await api.hub.rules.current();
    const rules = [{ name: "All", types: ["*"], to: [name], continue: false }];
    await api.hub.rules.save({ rules }, version, "Ann");
    const data = { title: 'Disk of "db-1" is full' };
    const [type] = recipe.types;
    const posted = await api.call("POST", "/v1/events", {
      key: ci,
      body: { type, level: "critical", data: { ...sampleOf(type), ...data } },
    });
    expect(posted.status, JSON.stringify(posted.body)).toBe(202);
    await expect.poll(() => receiver.received.length).toBe(1);
    const [call] = receiver.received;
    expect(call?.path).toBe(new URL(recipe.settings.address).pathname);
    const sent = JSON.parse(call?.text ?? "") as { ticket?: { external_id?: string } };
    if (sent.ticket?.external_id) expect(sent.ticket.external_id).toMatch(/^evt_/);
    expected[name]?.(withoutIds(sent));
  });

  it("both recipes are tried here", () => {
    expect(recipes.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
    expect(troubleOf("webhook", "http_422: subject is missing", "tickets").cause).toContain("422");
  });
});

const sampleOf = (type: string | undefined) =>
  type === "alert.triggered"
    ? { rule: "disk", metric: "used", value: 97, threshold: 90, started_at: "2026-11-20T14:00:00Z" }
    : {};

/** Ids differ in each run. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/evt_[0-9a-z]{26}/g, "evt_"));
}
