import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { launch } from "../fixtures/rig/hub-process.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";

interface AuditItem {
  readonly actor: { readonly name: string };
  readonly target?: { readonly id: string };
}

const asked = { service: "web", version: "1", environment: "production" };

onEveryEngine("the command line", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  /** Run a command as somebody does who stands in the hub's folder. */
  const run = (...args: readonly string[]) => launch(args, hub.folder, hub.stage.commandLine);

  async function said(...args: readonly string[]) {
    const command = run(...args);
    const { code } = await command.ended;
    return { code, text: command.lines.all.join("\n") };
  }

  it.each([
    ["approve", 0, {}],
    ["reject", 10, { inputs: { reason: "Not today" } }],
  ] as const)(
    "trigger --wait follows a %s in Slack with exit code %i",
    async (action, code, more) => {
      const subject = `wait/${action}`;
      const args = ["--subject", subject, "--data", `title=Wait for ${action}`];
      const waiting = run("trigger", "deploy.requested", ...args, "--wait");
      const card = await hub.sandbox.message("slack", ({ text }) =>
        text.includes(`Wait for ${action}`),
      );
      await hub.sandbox.click({ message: card.id, person: "Ben", action, ...more });
      expect((await waiting.ended).code, waiting.lines.all.join("\n")).toBe(code);
    },
  );

  it("approvals list, show and decide end in the same decision as a click", async () => {
    const subject = "cli/decide";
    const made = await said("trigger", "deploy.requested", "--subject", subject);
    expect(made.code, made.text).toBe(0);
    const list = await said("approvals", "list", "--json");
    const { items } = JSON.parse(list.text) as {
      readonly items: readonly { readonly id: string; readonly key: string }[];
    };
    const id = items.find(({ key }) => key === subject)?.id ?? "";
    expect((await said("approvals", "show", id)).text).toContain(id);
    const decided = await said("approvals", "decide", id, "approve");
    expect(decided.code, decided.text).toBe(0);
    const { body } = await hub.call("GET", `/v1/approvals/${id}`, { key: hub.adminKey });
    expect(body).toMatchObject({ state: "approved", votes: [{ name: "Ann", via: "api" }] });
  });

  it("H5: audit list, verify and export tell who decided, in an unbroken chain", async () => {
    const made = await hub.post({ type: "deploy.requested", subject: "cli/audit", data: asked });
    const id = made.approval?.id ?? "";
    expect((await said("approvals", "decide", id, "approve")).code).toBe(0);

    const list = await said("audit", "list", "--action", "approval.", "--json");
    const { items } = JSON.parse(list.text) as { readonly items: readonly AuditItem[] };
    const voted = items.find(({ target }) => target?.id === id);
    expect(voted?.actor).toMatchObject({ name: "Ann" });

    const noted = await said("audit", "verify", "--head");
    expect([noted.code, noted.text]).toEqual([0, expect.stringMatching(/^\d+:[0-9a-f]{64}$/)]);
    const lines = (await said("audit", "export")).text.split("\n");
    expect(lines.some((line) => line.includes(id))).toBe(true);
    for (const [index, line] of lines.slice(1).entries()) {
      expect(line).toContain(
        createHash("sha256")
          .update(lines[index] ?? "")
          .digest("hex"),
      );
    }
    const held = await said("audit", "verify", "--head", noted.text);
    expect([held.code, held.text]).toEqual([0, expect.stringContaining("Intact")]);
    const [number = "", hash = ""] = noted.text.split(":");
    const other = `${number}:${hash.replace(/^./, (sign) => (sign === "0" ? "1" : "0"))}`;
    expect((await said("audit", "verify", "--head", other)).code).toBe(1);
  });

  it("a mistyped verb gets a suggestion and exit code 2", async () => {
    const { code, text } = await said("approvals", "lst");
    expect(code).toBe(2);
    expect(text).toContain("list");
  });

  it("a hub that is not there is exit code 3", async () => {
    const command = launch(["approvals", "list"], hub.folder, {
      COUNTERSIGN_URL: "http://127.0.0.1:9",
      COUNTERSIGN_KEY: "cs_none",
    });
    expect((await command.ended).code).toBe(3);
  });
});
