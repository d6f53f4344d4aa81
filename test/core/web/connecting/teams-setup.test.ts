import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import { createPlatformSettings } from "../../../../core/hub/platform-settings.ts";
import { createInstallations } from "../../../../core/installations/installations.ts";
import type { KeysVerdict } from "../../../../core/ports/app-setup.ts";
import { createVault } from "../../../../core/secrets.ts";
import { teamsAppSetup } from "../../../../core/start/teams-app-setup.ts";
import { handClock } from "../../../contracts/hand-clock.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { noSetup, teamsCloud } from "../../../fixtures/rig/no-setup.ts";
import { unzip } from "../../../fixtures/rig/unzip.ts";
import { organization, startWebHub, type WebHub } from "../../../fixtures/rig/web-hub.ts";

const page = "/workspaces/teams/setup";
const keys = {
  appId: "11111111-1111-1111-1111-111111111111",
  tenantId: "22222222-2222-2222-2222-222222222222",
  appPassword: "a-client-secret-1",
};
const slackPlaces = { apiUrl: "http://127.0.0.1:9/api/", authorizeUrl: "http://127.0.0.1:9/o" };
type Environment = Parameters<typeof createPlatformSettings>[0]["environment"];

describe("setting up the operator's Azure Bot", () => {
  let web: WebHub;
  let looks: number;
  let trouble: readonly string[];
  let verdict: KeysVerdict;
  let asked: number;
  let admin: ConsoleVisitor;

  const start = async (environment: Environment = {}, hubUrl = "https://hub.acme.example") => {
    [looks, trouble, verdict, asked] = [0, [], { kind: "fit" }, 0];
    web = await startWebHub({
      clock: handClock(),
      web: ({ hub }) => ({
        instance: { sandbox: false, name: "staging" },
        setup: {
          ...noSetup,
          teamsApp: async () => ({
            ...teamsAppSetup({ hubUrl, name: "staging" }, teamsCloud),
            tryKeys: async () => {
              asked += 1;
              return verdict;
            },
          }),
          lookNow: async () => {
            looks += 1;
            return trouble;
          },
          settings: createPlatformSettings({
            ...{ store: hub.store, organization, environment, slackPlaces, teamsCloud },
            vault: createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) }),
          }),
        },
      }),
    });
    const ann = { id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" };
    await web.store.people.insert({ ...ann, roles: ["admin"] });
    const ben = { id: deriveId("person", "Ben"), organization, revision: 1, name: "Ben" };
    await web.store.people.insert({ ...ben, roles: ["router"] });
    admin = await visitAs(web, ann.id);
  };
  beforeEach(() => start());
  afterEach(() => web.close());

  it("A3: gives the portal steps with this hub's own values, each with the role that can do it", async () => {
    const { status, body } = await admin.get(page);
    expect(status).toBe(200);
    expect(body).toContain("<code>https://hub.acme.example/api/messages</code>");
    expect(body).toContain("<code>https://hub.acme.example/teams/consent/callback</code>");
    expect(body).toContain("<code>countersign-staging</code>");
    expect(body).toContain("--app-type SingleTenant");
    expect(body).toMatch(/Type of App <strong>Single Tenant/);
    for (const role of ["Azure: Contributor", "Application Administrator", "Teams Administrator"])
      expect(body).toContain(role);
    expect(body).toContain("Team owner");
    expect(body).toMatch(/public https address; unlike Slack/);
  });

  it("A3: three pasted values are tried, in use at once, and the secret is not shown again", async () => {
    const saved = await admin.post(page, page, keys);
    expect([saved.status, saved.headers.get("location")]).toEqual([303, `${page}?done=saved`]);
    expect([asked, looks]).toEqual([1, 1]);
    const { body } = await admin.get(`${page}?done=saved`);
    expect(body).toContain("no restart is needed");
    expect(body).toContain(`value="${keys.appId}"`);
    expect(body).not.toContain(keys.appPassword);
    expect(body).toContain('href="/teams/consent"');
    expect((await admin.get("/workspaces")).body).toContain("bot 11111111…, set up here");
  });

  it("A20: every tenant that the operator allows has its own way to consent, and what Azure needs for that stands there", async () => {
    await web.close();
    const theirs = "33333333-3333-3333-3333-333333333333";
    await start({ teams: { ...keys, ...teamsCloud, allowedTenants: [theirs] } });
    const { body } = await admin.get(page);
    expect(body).toContain("--sign-in-audience AzureADMultipleOrgs");
    expect(body).toContain("The bot itself stays Single Tenant");
    const list = (await admin.get("/workspaces")).body;
    for (const tenant of [keys.tenantId, theirs]) {
      expect(body).toContain(`href="/teams/consent?workspace=${tenant}"`);
      expect(list).toContain(`href="/teams/consent?workspace=${tenant}"`);
    }
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    const installations = createInstallations(web.store, vault, organization);
    const begun = { platform: "teams", entraTenantId: theirs, name: "Tenant 33333333" } as const;
    await installations.expect(begun);
    const then = (await admin.get("/workspaces")).body;
    expect(then).toContain(`href="/teams/consent?workspace=${keys.tenantId}"`);
    expect(then).not.toContain(`href="/teams/consent?workspace=${theirs}"`);
    expect(then).toContain("Tenant 33333333");
  });

  it.each([
    ["AADSTS700016", "appId", /knows no app with this id/],
    ["AADSTS7000229", "appId", /no service principal/],
    ["AADSTS7000215", "appPassword", /Copy its Value, not its Secret ID/],
    ["AADSTS7000222", "appPassword", /has run out/],
    ["AADSTS90002", "tenantId", /knows no tenant with this id/],
  ])(
    "U26: %s names the wrong one, at its field, and nothing is saved",
    async (code, field, text) => {
      verdict = { kind: "wrong", code };
      const answer = await admin.post(page, page, { ...keys, endsOn: "2027-05-31" });
      expect(answer.status).toBe(422);
      const error = new RegExp(`id="${field}-error">([^<]*)<`).exec(answer.body)?.[1] ?? "";
      expect(error).toMatch(text);
      expect(error).toContain(code);
      expect(answer.body.match(/class="field-error"/g)).toHaveLength(1);
      expect(answer.body).toContain(`value="${keys.appId}"`);
      expect(answer.body).toContain('value="2027-05-31"');
      expect(answer.body).not.toContain(keys.appPassword);
      expect(looks).toBe(0);
      expect((await admin.get(page)).body).not.toContain(keys.appId);
      verdict = { kind: "fit" };
      await admin.post(page, page, keys);
      verdict = { kind: "wrong", code };
      expect((await admin.post(page, `${page}/test`)).body).toMatch(text);
    },
  );

  it("U26: values that nobody could try are saved, and the page says that they are not proven", async () => {
    verdict = { kind: "unknown", because: "ECONNREFUSED" };
    const answer = await admin.post(page, page, keys);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(
      "not proven: Microsoft's login gave no answer about them (ECONNREFUSED)",
    );
    expect((await admin.get(page)).body).toContain(keys.appId);
  });

  it("names every mistake at once, keeps what was typed, and asks nobody", async () => {
    const typed = { ...keys, tenantId: "contoso", appPassword: keys.appId, endsOn: "2026-11-19" };
    const { status, body } = await admin.post(page, page, typed);
    expect(status).toBe(422);
    expect(body).toMatch(/id="tenantId-error">Expected: the Directory/);
    expect(body).toMatch(/id="appPassword-error">This looks like the Secret ID/);
    expect(body).toMatch(/id="endsOn-error">This day is over/);
    expect(body).toContain('value="contoso"');
    expect([asked, looks]).toEqual([0, 0]);
  });

  it("A3: the app package is a download, made for this hub, and valid by Microsoft's schema", async () => {
    expect((await admin.get(`${page}/package`)).status).toBe(409);
    await admin.post(page, page, keys);
    expect((await admin.get(page)).body).toContain("Download the app package");
    const response = await fetch(`${web.url}${page}/package`, {
      headers: { cookie: admin.cookie() },
    });
    expect(response.headers.get("content-disposition")).toContain("countersign-teams.zip");
    const files = unzip(Buffer.from(await response.arrayBuffer()));
    const manifest = JSON.parse(String(files.get("manifest.json"))) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      id: keys.appId,
      name: { short: "Countersign staging" },
      bots: [{ botId: keys.appId }],
      validDomains: ["hub.acme.example"],
    });
    const { developer } = manifest as { developer: Readonly<Record<string, string>> };
    for (const address of ["websiteUrl", "privacyUrl", "termsOfUseUrl"]) {
      const { pathname, hash } = new URL(developer[address] ?? "");
      const page = await fetch(`${web.url}${pathname}`);
      expect([address, page.status]).toEqual([address, 200]);
      expect(await page.text()).toContain(hash === "" ? "<main" : `id="${hash.slice(1)}"`);
    }
    const schema = createRequire(import.meta.url)
      .resolve("@microsoft/app-manifest/package.json")
      .replace("package.json", "build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json");
    const options = { strict: false, validateFormats: false };
    const validate = new Ajv.default(options).compile(JSON.parse(readFileSync(schema, "utf8")));
    expect([validate(manifest), validate.errors]).toEqual([true, null]);
  });

  it("A3: without a public https address there is no package, and the page says why", async () => {
    await web.close();
    await start({}, "http://localhost:3000");
    await admin.post(page, page, keys);
    const { body } = await admin.get(page);
    expect(body).toContain("once this hub has a public https address");
    expect(body).not.toContain("Download the app package");
    expect((await admin.get(`${page}/package`)).status).toBe(409);
  });

  it("A3: the last day of the secret is asked for, and the Overview tells when it is near", async () => {
    await admin.post(page, page, { ...keys, endsOn: "2026-12-15" });
    expect((await admin.get(page)).body).toContain("runs out in 25 days");
    const { body } = await admin.get("/");
    expect(body).toContain("The client secret of the Teams bot runs out in 25 days");
    expect(body).toContain(`href="${page}"`);
    await admin.post(page, page, { ...keys, appPassword: "", endsOn: "2027-12-15" });
    expect((await admin.get("/")).body).not.toContain("runs out in");
    expect((await admin.get(page)).body).toContain("The secret runs out on 2027-12-15");
  });

  it("A14: a call that was refused names app id, tenant and clock", async () => {
    const refused = { kind: "request.refused", door: "teams", because: "token_rejected" } as const;
    web.log.write({ ...refused, status: 403 });
    expect((await admin.get(page)).body).not.toContain("Refused");
    web.log.write({ ...refused, status: 401 });
    const { body } = await admin.get(page);
    expect(body).toMatch(/Refused <time[^>]*>[^<]+<\/time>: A call to the hub/);
    expect(body).toContain("compares app id and tenant");
  });

  it("forgets the values when asked", async () => {
    await admin.post(page, page, keys);
    expect((await admin.post(page, `${page}/remove`)).status).toBe(303);
    expect(looks).toBe(2);
    expect((await admin.get(page)).body).not.toContain(keys.appId);
  });

  it("yields to the environment, says so, and still takes the day on which its secret ends", async () => {
    await web.close();
    await start({ teams: { ...keys, ...teamsCloud } });
    const { body } = await admin.get(page);
    expect(body).toContain("wins over this page");
    expect(body).not.toContain('name="appPassword"');
    expect((await admin.post(page, page, keys)).body).toContain("Nothing was saved");
    await admin.post(page, `${page}/secret-end`, { endsOn: "2026-12-01" });
    expect((await admin.get(page)).body).toContain("runs out in 11 days");
    expect((await admin.post(page, `${page}/secret-end`, { endsOn: "soon" })).status).toBe(422);
    expect(looks).toBe(0);
  });

  it("is for admins, and no form passes without the session's token", async () => {
    const router = await visitAs(web, deriveId("person", "Ben"));
    expect((await router.get(page)).status).toBe(403);
    expect((await router.get(`${page}/package`)).status).toBe(403);
    expect((await router.post("/approvals", page, keys)).status).toBe(403);
    expect((await admin.post(page, page, { ...keys, _csrf: "forged" })).status).toBe(403);
    expect([asked, looks]).toEqual([0, 0]);
  });
});
