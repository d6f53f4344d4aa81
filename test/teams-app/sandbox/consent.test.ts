import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxInstall } from "../../../core/ports/sandbox-life.ts";
import { openStandIn, type StandIn } from "./stand-in.ts";

let at: StandIn;
beforeEach(async () => {
  at = await openStandIn(false);
});
afterEach(() => at.close());

const asks = (change: Record<string, string> = {}) => ({
  client_id: at.teams.settings.appId,
  redirect_uri: `${at.url}/teams/consent/callback`,
  state: "state-1",
  ...change,
});

async function visit(
  query: Record<string, string> = asks(),
  path = `${at.teams.workspace.id}/adminconsent`,
  form?: Record<string, string>,
) {
  const address = `${at.teams.settings.loginUrl}/${path}?${new URLSearchParams(query)}`;
  const posted = form && { method: "POST", body: new URLSearchParams(form) };
  const response = await fetch(address, { redirect: "manual", ...posted });
  const location = response.headers.get("location");
  return {
    status: response.status,
    to: location === null ? undefined : Object.fromEntries(new URL(location).searchParams),
    page: await response.text(),
  };
}

async function decided(wish: SandboxInstall) {
  at.teams.life.consent(wish);
  return visit();
}

describe("the consent page of the Teams sandbox", () => {
  it.each(["organizations/adminconsent", "organizations/v2.0/adminconsent"])(
    "asks at %s, and brings the tenant and the state back when the admin accepts",
    async (path) => {
      const query = asks({ scope: "User.Read TeamsActivity.Send" });
      const shown = await visit(query, path);
      expect(shown.status).toBe(200);
      expect(shown.page).toContain("TeamsActivity.Send");
      const ann = at.teams.workspace.people[0]?.id ?? "";
      const { status, to } = await visit(query, path, { who: ann, answer: "accept" });
      expect([status, to]).toEqual([
        302,
        {
          admin_consent: "True",
          scope: "User.Read TeamsActivity.Send",
          tenant: at.teams.workspace.id,
          state: "state-1",
        },
      ]);
    },
  );

  it("brings an error back when the admin cancels", async () => {
    const cancelled = { error: "access_denied", error_subcode: "cancel", state: "state-1" };
    expect((await visit(asks(), undefined, { answer: "cancel" })).to).toMatchObject(cancelled);
    expect((await decided({ outcome: "cancel" })).to).toMatchObject(cancelled);
  });

  it("names another tenant when an admin of that one accepts", async () => {
    const form = { who: "stranger", answer: "accept" };
    const { to } = await visit(asks(), undefined, form);
    expect(to).toMatchObject({ admin_consent: "True", state: "state-1" });
    expect(to?.["tenant"]).not.toBe(at.teams.workspace.id);
    expect((await decided({ outcome: "wrong_tenant" })).to).toEqual(to);
  });

  it("brings another state back, as a forger would, and decides one visit alone", async () => {
    expect((await decided({ outcome: "wrong_state" })).to).toMatchObject({ state: "state-1x" });
    expect((await visit()).status).toBe(200);
  });

  it.each<[string, () => Record<string, string>, string, number]>([
    ["an unknown tenant", () => asks(), "0f0f/adminconsent", 90002],
    ["an unknown app", () => asks({ client_id: "other" }), "common/adminconsent", 700016],
    [
      "an address that was not registered",
      () => asks({ redirect_uri: "http://evil.example/" }),
      "common/adminconsent",
      50011,
    ],
  ])("leads nowhere for %s", async (_, query, path, code) => {
    const { status, to, page } = await visit(query(), path);
    expect([status, to]).toEqual([400, undefined]);
    expect(page).toContain(`AADSTS${code}`);
  });

  it.each([
    ["Ben", 90094],
    ["Dov", 90094],
    ["Zoe", 50034],
  ])("does not let %s agree for the organization", async (as, code) => {
    const { to, page } = await decided({ outcome: "accept", as });
    expect(to).toBeUndefined();
    expect(page).toContain(`AADSTS${code}`);
  });

  it("escapes what the address brings", async () => {
    const { page } = await visit(asks({ scope: "<script>alert(1)</script>" }));
    expect(page).not.toContain("<script>");
  });
});

describe("the secret of the app in the Teams sandbox", () => {
  const login = async () => {
    const { appId: client_id, appPassword: client_secret, loginUrl } = at.teams.settings;
    const scope = "https://api.botframework.com/.default";
    const form = { grant_type: "client_credentials", client_id, client_secret, scope };
    const address = `${loginUrl}/${at.teams.workspace.id}/oauth2/v2.0/token`;
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(form) });
    const body = (await response.json()) as { readonly error_codes?: readonly number[] };
    return body.error_codes?.[0] ?? response.status;
  };

  it("is good before anybody has consented: consent alone lets nobody post", async () => {
    expect(await login()).toBe(200);
  });

  it("runs out, and is good again when it was renewed", async () => {
    await at.did(at.teams.life.access({ do: "expire" }));
    expect(await login()).toBe(7000222);
    await at.did(at.teams.life.access({ do: "grant" }));
    expect(await login()).toBe(200);
  });

  it("is of no use once the app was deleted from the directory, until an admin consents again", async () => {
    await at.did(at.teams.life.uninstall({ how: "forgotten" }));
    expect(await login()).toBe(7000229);
    await decided({ outcome: "accept" });
    expect(await login()).toBe(200);
  });

  it("fails where chaos names the token", async () => {
    at.teams.setChaos({ method: "token", next: 1, answer: 503, effect: "before" });
    expect(await login()).toBe(503);
    expect(await login()).toBe(200);
  });
});
