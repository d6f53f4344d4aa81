import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWorkspace } from "../../slack-app/sandbox/workspace.ts";
import { createDerive } from "../../teams-app/sandbox/derive.ts";
import { createTenant } from "../../teams-app/sandbox/tenant.ts";
import { EchoingWorld } from "../fixtures/rig/echoing-world.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { ask } from "../fixtures/rig/http.ts";
import { dumpFolder, formEncoded, leaks, type Place, type Secrets } from "../fixtures/rig/leaks.ts";
import { LiveHub } from "../fixtures/rig/live-hub.ts";
import { openRequest } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { sandboxSecret } from "../fixtures/rig/sandbox-secret.ts";
import { useSignInLink } from "../fixtures/rig/sign-in.ts";

/** What a caller with these headers can read, page by page. */
async function readAll(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<readonly Place[]> {
  return Promise.all(
    paths.map(async (path) => {
      const { body } = await ask(`${url}${path}`, "GET", { headers });
      return { name: `GET ${path}`, text: typeof body === "string" ? body : JSON.stringify(body) };
    }),
  );
}

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

/** Every delivery with its attempts, every event, and all other lists of the API. */
async function readApi(url: string, key: string): Promise<readonly Place[]> {
  const headers = { authorization: `Bearer ${key}` };
  const lists = ["deliveries", "events", "approvals"];
  const each = await Promise.all(
    lists.map(async (list) => {
      const { body } = await ask<Listed>(`${url}/v1/${list}?limit=200`, "GET", { headers });
      return body.items.map(({ id }) => `/v1/${list}/${id}`);
    }),
  );
  const others = ["/v1/rules", "/v1/event-types", "/openapi.json"];
  return readAll(url, [...each.flat(), ...others], headers);
}

const random = (bytes = 24) => randomBytes(bytes).toString("base64url").replace(/[-_]/g, "x");

onEveryEngine("the sandbox's secrets", (engine) => {
  let hub: RunningHub;
  let secrets: Secrets;
  let places: readonly Place[];
  const metricsToken = random();

  beforeAll(async () => {
    hub = await engine.start({ METRICS_TOKEN: metricsToken });
    const wrongKey = `cs_${random(32)}`;
    for (const platform of platforms) await hub.line(firstCard(platform));
    const link = await hub.newStartLink();
    const token = new URL(link).pathname.split("/").at(-1) ?? "";
    const cookie = decodeURIComponent((await useSignInLink(link)).replace(/^countersign=/, ""));
    expect([cookie.length > 20, token.length]).toEqual([true, 43]);
    await drive(hub, wrongKey, link);
    const { status } = await hub.call("POST", "/v1/admin/keys/rotate", { key: hub.adminKey });
    expect(status).toBe(200);
    secrets = {
      ...secretsOf(hub),
      "wrong key": wrongKey,
      "start link": token,
      session: cookie,
      metricsToken,
    };
    const pages = ["/approvals", "/events", "/routing", "/start/none"];
    const session = { cookie: `countersign=${encodeURIComponent(cookie)}` };
    places = [
      ...(await readApi(hub.url, hub.adminKey)),
      ...(await readAll(hub.url, pages, session)),
      ...(await readAll(hub.url, ["/metrics"], { authorization: `Bearer ${metricsToken}` })),
      { name: "log", text: hub.lines.filter((line) => line.startsWith("{")).join("\n") },
      ...(await hub.stage.dump()),
    ];
  });
  afterAll(() => endStory(hub));

  it("G4: stand in no log, metric, error, page, attempt or database", () => {
    expect(leaks(secrets, places)).toEqual([]);
  });

  it("are looked for where a secret would be found", () => {
    const names = places.map(({ name }) => name);
    expect(names).toContain(
      engine.name === "SQLite" ? "sandbox/countersign.db" : "collection deliveries",
    );
    if (engine.name === "SQLite") {
      const records = places.find(({ name }) => name === "records")?.text;
      expect(records).toContain('"outcome":"sent"');
      expect(records).toContain("chat.postMessage");
    }
    expect(names.some((name) => name.startsWith("GET /v1/deliveries/"))).toBe(true);
    const text = places.map((place) => place.text).join("\n");
    expect(text).toContain("countersign_deliveries");
    expect(text).toContain("keys.rotated");
    expect(text).toContain('"outcome":"retry"');
    for (const [name, value] of Object.entries(secrets)) {
      const planted = [{ name: "planted", text: `before ${value} after` }];
      expect(leaks({ [name]: value }, planted)).toHaveLength(1);
    }
  });
});

/** The first look's card is on its way at the start; a failure that is asked for is not meant for it. */
const firstCard = (platform: string) =>
  new RegExp(`"platform":"${platform}","task":"post".*"outcome":"sent"`);

/** One approval decided in each chat, with failures of both and of the producer, and callers who are refused. */
async function drive(hub: RunningHub, wrongKey: string, usedLink: string): Promise<void> {
  for (const platform of platforms) {
    const request = await openRequest(hub);
    const other = platform === "slack" ? "teams" : "slack";
    await hub.sandbox.chaos({ platform: other, next: 1, answer: 500 });
    await hub.sandbox.chaos({ platform: "callback", next: 1, answer: 500 });
    const message = request.copies[platform].id;
    await hub.sandbox.click({ message, person: "Eve", action: "approve" });
    await hub.sandbox.click({ message, person: "Ann", action: "approve" });
    await hub.missedAttempt(request.approval, other);
    await hub.missedAttempt(request.approval, "callback");
    await hub.pass("10m");
    await hub.sandbox.callback(request.approval);
    await hub.sent(request.approval, other);
  }
  await hub.call("POST", "/v1/events", { key: wrongKey, body: { type: "a.b" } });
  await hub.call("POST", "/v1/events", { body: `{"broken": ${wrongKey}` });
  await fetch(`${hub.url}/api/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${wrongKey}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "message", text: "x" }),
  });
  await fetch(usedLink, { redirect: "manual" });
}

function secretsOf(hub: RunningHub): Secrets {
  const { settings, installation } = describeWorkspace(sandboxSecret(hub, "slack"), hub.url);
  return {
    ...hub.stage.keys(),
    "producer's key": hub.key,
    "admin key": hub.adminKey,
    "Slack client secret": settings.clientSecret,
    "Slack signing secret": settings.signingSecret,
    "Slack bot token": installation.botToken,
    "Teams app password": createTenant(createDerive(sandboxSecret(hub, "teams"))).appPassword,
  };
}

describe("a live hub's secrets", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-canary-"));
  const ringKey = randomBytes(32);
  const signingSecret = randomBytes(16).toString("hex");
  const canaries = {
    SLACK_CLIENT_SECRET: randomBytes(16).toString("hex"),
    SLACK_SIGNING_SECRET: signingSecret,
    TEAMS_APP_PASSWORD: `C8Q~${random()}`,
    METRICS_TOKEN: random(),
    COUNTERSIGN_KEYS: ringKey.toString("base64"),
  };
  const planted = {
    botToken: `xoxb-1-2-${random()}`,
    callbackSecret: `whsec_${randomBytes(24).toString("base64")}`,
    producerKey: `cs_${random(32)}`,
    personKey: `cs_${random(32)}`,
  };
  const accessToken = random(60);
  let echoing: EchoingWorld;
  let live: LiveHub;
  let secrets: Secrets;
  let places: readonly Place[];

  beforeAll(async () => {
    echoing = await EchoingWorld.start(accessToken);
    live = await LiveHub.start({ folder, echoing, canaries, planted, ringKey });
    await driveLive(live, echoing, planted.producerKey, signingSecret);
    const { token, cookie } = await live.signIn(planted.personKey);
    const told = [
      ...(await readApi(live.url, planted.personKey)),
      ...(await readAll(live.url, ["/approvals", "/events"], { cookie })),
      ...(await readAll(live.url, ["/metrics"], {
        authorization: `Bearer ${canaries.METRICS_TOKEN}`,
      })),
      ...(await readAll(live.url, ["/metrics", "/v1/events"], { authorization: "Bearer none" })),
    ];
    await live.stop();
    secrets = {
      ...canaries,
      ...planted,
      accessToken,
      "sign-in link": token,
      session: decodeURIComponent(cookie.split("=")[1] ?? ""),
    };
    places = [
      ...told,
      { name: "output", text: live.lines.join("\n") },
      ...dumpFolder(join(folder, "data"), ["secrets.json"]),
    ];
  });
  afterAll(async () => {
    await live?.stop();
    echoing.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("G4 R10: planted in every field, they stand nowhere, though every service echoes them", () => {
    expect(leaks(secrets, places)).toEqual([]);
  });

  it("were all used, and echoed in failures that are kept", () => {
    const sent = echoing.heard.map(({ authorization, body }) => authorization + body).join("\n");
    expect(sent).toContain(`Bearer ${planted.botToken}`);
    expect(sent).toContain(formEncoded(canaries.TEAMS_APP_PASSWORD));
    expect(sent).toContain(`Bearer ${accessToken}`);
    const text = places.map((place) => place.text).join("\n");
    expect(text).toContain("missing_scope");
    expect(text).toContain('\\"echo\\"');
    expect(text).toMatch(/"platform":"teams","task":"post".*"outcome":"sent"/);
    expect(text).toMatch(/"platform":"callback".*"outcome":"retry"/);
    expect(text).toContain("[hidden]");
  });
});

/** Cards that fail in every way, a card that arrives, a click with a wrong signature, one that counts, a callback. */
async function driveLive(
  live: LiveHub,
  { failing, heard }: EchoingWorld,
  key: string,
  signingSecret: string,
): Promise<void> {
  const post = (id: string) =>
    ask(`${live.url}/v1/events`, "POST", {
      key,
      body: { type: "deploy.requested", id, subject: id, data: { approval: {} } },
    });
  await post("first");
  await live.line(/"platform":"slack".*"outcome":"rejected"/);
  await live.line(/"platform":"teams".*"outcome":"rejected"/);
  failing.delete("login");
  await post("second");
  await live.line(/"platform":"slack".*"outcome":"retry"/);
  await live.line(/"platform":"teams".*"outcome":"retry"/);
  failing.delete("slack");
  failing.delete("connector");
  await live.line(/"platform":"teams","task":"post".*"outcome":"sent"/);
  await live.line(/"platform":"slack","task":"post".*"outcome":"sent"/);
  const posted = heard.findLast(({ path }) => path.endsWith("chat.postMessage"));
  const click = live.slackClick(posted?.body ?? "");
  const time = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", signingSecret).update(`v0:${time}:${click}`).digest("hex");
  for (const sign of ["0".repeat(64), signature]) {
    await fetch(`${live.url}/slack/events`, {
      method: "POST",
      body: click,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": time,
        "x-slack-signature": `v0=${sign}`,
      },
    });
  }
  await live.line(/"kind":"approval.closed"/);
  await live.line(/"platform":"callback".*"outcome":"retry"/);
}
