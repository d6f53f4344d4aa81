import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../../core/web/api/openapi.ts";
import { createConsole } from "../../../core/web/server.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";
import { type Knock, makeDoors, routesOf, visitors } from "./matrix-rig.ts";

/**
 * Who may knock at what, by SURFACE §9. A session of each role, of somebody without one and of a stranger is tried at
 * every route; at the API a producer's key of each scope too. A route that stands in no line fails the test. What a
 * person's key may is in the test of the OpenAPI document; what a policy says of a vote, in the tests of votes.
 */
const pages: Readonly<Record<string, readonly string[]>> = {
  "admin router auditor approver nobody stranger": [
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /assets/vendor/swagger-ui.css",
    "GET /assets/vendor/swagger-ui-bundle.js",
    "GET /favicon.ico",
    "GET /openapi.json",
    "GET /start/{token}",
    "POST /start/{token}",
    "GET /auth/login",
    "POST /auth/login",
    "GET /auth/oidc",
    "GET /auth/oidc/fresh",
    "GET /auth/oidc/callback",
    "POST /auth/logout",
    "GET /link/{token}",
    "GET /docs",
    "GET /about",
  ],
  admin: [
    "GET /slack/install",
    "GET /teams/consent",
    "GET /people",
    "POST /people",
    "GET /people/links/{id}",
    "POST /people/links/{id}",
    "GET /people/groups/new",
    "POST /people/groups/new",
    "GET /people/groups/{id}",
    "POST /people/groups/{id}",
    "GET /people/{id}",
    "POST /people/{id}",
    "GET /settings/sign-in",
    "POST /settings/sign-in",
    "GET /settings/policies",
    "GET /settings/policies/edit",
    "POST /settings/policies",
    "GET /settings/policies/pin",
    "POST /settings/policies/pin",
    "GET /settings/policies/remove",
    "POST /settings/policies/remove",
    "GET /settings/policies/unpin",
    "POST /settings/policies/unpin",
    "GET /settings/producers",
    "POST /settings/producers",
    "GET /settings/producers/keys",
    "POST /settings/producers/keys",
    "POST /settings/producers/keys/{id}/revoke",
    "GET /settings/producers/{id}",
    "POST /settings/producers/{id}",
    "GET /settings/producers/{id}/secret",
    "POST /settings/producers/{id}/secret",
    "GET /settings/producers/{id}/remove",
    "POST /settings/producers/{id}/remove",
    "GET /workspaces/slack/setup",
    "GET /workspaces/slack/setup/{step}",
    "POST /workspaces/slack/setup",
    "POST /workspaces/slack/setup/test",
    "POST /workspaces/slack/setup/remove",
    "POST /workspaces/slack/setup/changed",
    "GET /workspaces/teams/setup",
    "GET /workspaces/teams/setup/package",
    "GET /workspaces/teams/setup/{step}",
    "POST /workspaces/teams/setup",
    "POST /workspaces/teams/setup/test",
    "POST /workspaces/teams/setup/remove",
    "POST /workspaces/teams/setup/secret-end",
    "GET /workspaces",
    "GET /workspaces/stream",
    "GET /workspaces/{id}",
    "GET /workspaces/{id}/stream",
    "POST /workspaces/{id}/check",
    "POST /workspaces/{id}/options",
    "POST /workspaces/{id}/disconnect",
    "GET /workspaces/{id}/channels",
    "GET /workspaces/{id}/channels/stream",
    "POST /workspaces/{id}/channels",
    "POST /workspaces/{id}/channels/refresh",
    "GET /workspaces/{id}/destinations/{destination}",
    "GET /workspaces/{id}/destinations/{destination}/stream",
    "POST /workspaces/{id}/destinations/{destination}/hello",
    "POST /workspaces/{id}/destinations/{destination}/rules",
  ],
  "admin stranger": ["GET /slack/oauth_redirect", "GET /teams/consent/callback"],
  "admin router auditor approver nobody": [
    "POST /link/{token}",
    "GET /welcome",
    "POST /welcome",
    "GET /account",
    "POST /account/language",
    "GET /account/password",
    "POST /account/password",
    "POST /account/password/remove",
    "POST /account/sign-out-everywhere",
    "GET /",
    "GET /find",
    "GET /approvals",
    "GET /approvals/{id}",
    "GET /approvals/{id}/votes",
    "POST /approvals/{id}/votes",
    "GET /approvals/{id}/revoke",
    "GET /approvals/{id}/unlock",
    "POST /approvals/{id}/revoke",
    "POST /approvals/{id}/unlock",
    "POST /approvals/{id}/cancel",
  ],
  "admin router auditor": [
    "GET /settings",
    "GET /settings/audit",
    "GET /routing/types",
    "GET /routing/types/{name}",
    "GET /destinations",
    "GET /destinations/stream",
    "GET /destinations/{id}",
    "GET /destinations/{id}/stream",
    "GET /destinations/{id}/secret",
    "GET /events",
    "GET /events/changes",
    "GET /events/{id}/changes",
    "GET /events/{id}",
    "GET /deliveries",
    "GET /deliveries/changes",
    "GET /deliveries/{id}",
    "GET /deliveries/{id}/changes",
    "GET /deliveries/{id}/redeliver",
    "GET /deliveries/{id}/now",
    "GET /routing",
    "GET /routing/versions",
    "GET /routing/backtest",
    "POST /routing/backtest",
  ],
  "admin router": [
    "GET /deliveries/redeliver",
    "POST /deliveries/redeliver",
    "POST /deliveries/{id}/redeliver",
    "POST /deliveries/{id}/now",
    "POST /routing/rollback",
    "GET /routing/rule",
    "POST /routing/rule",
    "POST /routing/preview",
    "GET /routing/remove",
    "POST /routing/remove",
    "POST /routing/move",
    "POST /routing/fallback",
    "GET /routing/edit-type",
    "POST /routing/edit-type",
    "POST /routing/types/{name}/remove",
    "POST /routing/types/{name}/turn",
    "GET /destinations/new",
    "GET /destinations/new/{kind}",
    "POST /destinations/new/{kind}",
    "POST /destinations/operations",
    "POST /destinations/{id}",
    "POST /destinations/{id}/redeliver",
    "POST /destinations/{id}/secret",
    "POST /destinations/{id}/remove",
  ],
};

/** As above; after the stroke, the scopes of a producer's key. */
const api: Readonly<Record<string, readonly string[]>> = {
  " | events": ["POST /v1/events", "POST /v1/approvals/{id}/outcome"],
  "admin router auditor | read": ["GET /v1/events", "GET /v1/events/{id}"],
  "admin router auditor approver nobody | read": [
    "GET /v1/approvals",
    "GET /v1/approvals/{id}",
    "GET /v1/approvals/{id}/stream",
    "GET /v1/event-types",
    "GET /v1/event-types/{name}",
  ],
  "admin router auditor approver nobody | vote": ["POST /v1/approvals/{id}/votes"],
  "admin router auditor approver nobody | events vote admin": ["POST /v1/approvals/{id}/cancel"],
  "admin | admin": [
    "POST /v1/approvals/{id}/revoke",
    "POST /v1/approvals/{id}/unlock",
    "PATCH /v1/workspaces/{id}",
    "POST /v1/workspaces/{id}/check",
    "POST /v1/workspaces/{id}/disconnect",
    "POST /v1/admin/keys/rotate",
    "GET /v1/people",
    "POST /v1/people",
    "GET /v1/people/{id}",
    "PATCH /v1/people/{id}",
    "POST /v1/people/{id}/links",
    "POST /v1/people/{id}/suspend",
    "POST /v1/people/{id}/restore",
    "GET /v1/groups",
    "POST /v1/groups",
    "GET /v1/groups/{id}",
    "PUT /v1/groups/{id}",
    "DELETE /v1/groups/{id}",
    "GET /v1/producers",
    "POST /v1/producers",
    "GET /v1/producers/{id}",
    "PUT /v1/producers/{id}",
    "DELETE /v1/producers/{id}",
    "POST /v1/producers/{id}/rotate-secret",
    "GET /v1/keys",
    "POST /v1/keys",
    "DELETE /v1/keys/{id}",
    "PUT /v1/policies/{name}",
    "DELETE /v1/policies/{name}",
    "POST /v1/pins",
    "DELETE /v1/pins/{kind}/{name}",
    "GET /v1/export",
    "POST /v1/apply",
    "POST /v1/admin/links",
  ],
  "admin router auditor | ": [
    "GET /v1/deliveries",
    "GET /v1/deliveries/{id}",
    "POST /v1/rules/explain",
    "POST /v1/rules/backtest",
    "GET /v1/audit",
    "GET /v1/audit/verify",
    "GET /v1/feed",
  ],
  "admin router auditor | admin": [
    "GET /v1/rules",
    "GET /v1/rules/versions",
    "GET /v1/destinations",
    "GET /v1/destinations/{id}",
    "GET /v1/policies",
    "GET /v1/policies/{name}",
    "GET /v1/policies/{name}/versions",
    "GET /v1/pins",
  ],
  "admin router | admin": [
    "POST /v1/deliveries/redeliver",
    "POST /v1/deliveries/{id}/redeliver",
    "PUT /v1/rules",
    "POST /v1/rules/rollback",
    "PUT /v1/event-types/{name}",
    "DELETE /v1/event-types/{name}",
    "GET /v1/workspaces",
    "GET /v1/workspaces/{id}",
    "GET /v1/workspaces/{id}/channels",
    "POST /v1/destinations",
    "POST /v1/destinations/test",
    "PATCH /v1/destinations/{id}",
    "DELETE /v1/destinations/{id}",
    "POST /v1/destinations/{id}/rotate-secret",
    "POST /v1/destinations/{id}/test",
  ],
};

let rig: ApiRig;
let routes: readonly string[];
const found = new Map<string, string>();
const isApi = (route: string) => route.includes(" /v1/");

/** Who of a list is let pass, in the order of the list. */
async function whoPasses(
  route: string,
  doors: readonly (readonly [name: string, knock: Knock])[],
): Promise<string> {
  const passed = await Promise.all(doors.map(([, knock]) => knock(route)));
  return doors.flatMap(([name], index) => (passed[index] ? [name] : [])).join(" ");
}

beforeAll(async () => {
  rig = await startApi();
  routes = routesOf(createConsole(rig.webDeps));
  const doors = await makeDoors(rig);
  const browsers = visitors.map((one) => [one, doors.page(one)] as const);
  const sessions = visitors.map((one) => [one, doors.bySession(one)] as const);
  const keys = doors.byKey.map(({ scope, knock }) => [scope as string, knock] as const);
  for (const route of routes) {
    const people = await whoPasses(route, isApi(route) ? sessions : browsers);
    found.set(route, isApi(route) ? `${people} | ${await whoPasses(route, keys)}` : people);
  }
}, 120_000);
afterAll(() => rig.close());

const rows = Object.entries({ ...pages, ...api }).flatMap(([who, named]) =>
  named.map((route) => [route, who] as const),
);

describe("the role matrix", () => {
  it("G5: names every route of the console and of the API, once, and none that is not there", () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.map(([route]) => route).sort()).toEqual([...routes].sort());
  });

  it("G5: names every operation of openapi.json", () => {
    const { paths } = openApiDocument("") as { paths: Record<string, Record<string, unknown>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.values(api).flat().sort()).toEqual(operations.sort());
  });

  it.each(rows)("G5: %s is for: %s", (route, who) => {
    expect(found.get(route)).toBe(who);
  });
});
