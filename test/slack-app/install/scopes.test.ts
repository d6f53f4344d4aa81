import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scopes } from "../../../slack-app/install/scopes.ts";
import { filesBelow, projectRoot } from "../../fixtures/runner/source-tree.ts";

/** Methods for which Slack wants no scope (docs.slack.dev/reference/methods, each method's own page). */
const free: ReadonlySet<string> = new Set([
  "apps.uninstall",
  "auth.revoke",
  "auth.teams.list",
  "auth.test",
  "oauth.v2.access",
  "views.open",
  "views.publish",
]);

const areas = [
  "apps",
  "auth",
  "chat",
  "conversations",
  "im",
  "oauth",
  "team",
  "usergroups",
  "users",
  "views",
];
const calls = new RegExp(`\\b((?:${areas.join("|")})(?:\\.[a-zA-Z0-9]+)+)(?=\\(|")`, "g");

/** Every method of the Web API that a text calls, by the client's functions or by its name. */
const methodsIn = (text: string) => [...text.matchAll(calls)].map(([, method]) => method ?? "");

const source = filesBelow("slack-app")
  .filter((file) => !file.startsWith("slack-app/sandbox/") && !file.endsWith("/scopes.ts"))
  .map((file) => readFileSync(join(projectRoot, file), "utf8"))
  .join("\n");
const called = new Set(methodsIn(source));

describe("the rights that the Slack app asks for", () => {
  it("G8: are each used by a call that the code makes", () => {
    expect(called.size).toBeGreaterThan(10);
    const unused = scopes.filter(({ uses }) => !uses.some((method) => called.has(method)));
    expect(unused).toEqual([]);
    const stale = scopes.flatMap(({ uses }) => uses.filter((method) => !called.has(method)));
    expect(stale).toEqual([]);
  });

  it("G8: cover every call that the code makes", () => {
    const covered = new Set(scopes.flatMap(({ uses }) => uses));
    const bare = [...called].filter((method) => !covered.has(method) && !free.has(method));
    expect(bare).toEqual([]);
  });

  it("G8: have a reason of one line each", () => {
    for (const { why } of scopes) expect(why).toMatch(/^[A-Z][^\n.]{10,100}$/);
    expect(new Set(scopes.map(({ scope }) => scope)).size).toBe(scopes.length);
  });

  it("G8: stand in the operators' page, each with its reason", () => {
    const page = readFileSync(join(projectRoot, "core/docs/operating.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([a-z:.]+)` \| ([^|;]+)/gm)];
    const told = rows.map(([, scope, why = ""]) => [scope, why.trim()]);
    expect(told).toEqual(scopes.map(({ scope, why }) => [scope, why]));
  });

  it("would see a call of a method that no right covers", () => {
    expect(methodsIn("await clientOf(one).team.info({})")).toEqual(["team.info"]);
    expect(methodsIn('apiCall("usergroups.list")')).toEqual(["usergroups.list"]);
  });
});
