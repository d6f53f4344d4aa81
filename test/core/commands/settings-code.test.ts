import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand } from "../../../core/commands/program.ts";
import { fillIn } from "../../../core/commands/settings-code.ts";
import { type ApiRig, startApi } from "../web/api/api-rig.ts";
import { smallWorld } from "./small-world.ts";

let api: ApiRig;
let key: string;
beforeEach(async () => {
  api = await startApi();
  key = await api.person("Ada", ["admin"], ["read", "admin"]);
});
afterEach(() => api.close());

async function run(words: readonly string[], file = "") {
  const env = { COUNTERSIGN_URL: api.url, COUNTERSIGN_KEY: key, VOTES_NAME: "release managers" };
  const world = smallWorld({ env, readText: () => file });
  const code = await runCommand(words, world);
  return { code, ...world.written };
}

const file = `policies:
  - name: production
    approvers: [{ person: ada@example.com }]
`;

describe("countersign export, diff and apply", () => {
  it("B11: diff says what differs and exits 1; apply does it; then diff is silent and exits 0", async () => {
    expect(await run(["diff", "-f", "s.yaml"], file)).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /^\+ policies production\n[\s\S]*1 change; nothing was changed\.\n$/,
      ),
    });
    expect((await run(["apply", "-f", "s.yaml", "--dry-run"], file)).out).toContain(
      "nothing was changed",
    );
    expect((await run(["apply", "-f", "s.yaml"], file)).out).toContain("1 change made.");
    const { out, code } = await run(["export"]);
    expect(code).toBe(0);
    expect(out).toContain("name: production");
    expect(await run(["diff", "-f", "s.yaml"], out)).toMatchObject({
      code: 0,
      out: "Nothing differs: the hub is as the file says.\n",
    });
    const more = await run(
      ["diff", "-f", "s.yaml"],
      out.replace("votes: 1", "votes: 1\n    self: true").replace("    self: false\n", ""),
    );
    expect(more.out).toContain("~ policies production\n    self: false → true\n");
    expect(await run(["apply", "-f", "s.yaml", "--prune"], "policies: []\n")).toMatchObject({
      code: 0,
      out: expect.stringContaining("- policies production"),
    });
  });

  it("tells every mistake of the file, and exits 1", async () => {
    const { code, err } = await run(
      ["apply", "-f", "s.yaml"],
      file.replace("approvers", "aprovers"),
    );
    expect(code).toBe(1);
    expect(err).toContain('line 3: unknown field; did you mean "approvers"?');
  });

  it("fills in what names the environment, and names what is missing there", async () => {
    expect(fillIn("a: ${env:ONE}\n", { ONE: "x: y" })).toEqual({ ok: true, text: 'a: "x: y"\n' });
    expect(fillIn("a: ${env:ONE} ${env:TWO}\n", {})).toEqual({
      ok: false,
      missing: ["ONE", "TWO"],
    });
    const missing = await run(
      ["apply", "-f", "s.yaml"],
      file.replace("production", "${env:NOT_THERE}"),
    );
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining("NOT_THERE") });
    await run(["apply", "-f", "s.yaml"], file.replace("production", "${env:VOTES_NAME}"));
    expect(await api.hub.policies.get("release managers")).toBeDefined();
  });
});
