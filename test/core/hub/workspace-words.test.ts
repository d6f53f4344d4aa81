import { describe, expect, it } from "vitest";
import { healthOf } from "../../../core/hub/workspace-health.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { readIn } from "../../../core/words/say.ts";
import { organization, start } from "../domain/samples.ts";

const record = (platform: "slack" | "teams"): InstallationRecord => ({
  ...{ id: "ins_1" as never, organization, revision: 1, platform, workspace: "t" },
  ...{ name: "Acme", state: "connected", scopes: [], connectedAt: start },
});

describe.each(["slack", "teams"] as const)("what is said of a workspace of %s", (platform) => {
  it.each<[string, Partial<InstallationRecord>, RegExp, RegExp]>([
    ["waits for its first message", {}, /Nothing has arrived/, /noch nichts angekommen/],
    ["was disconnected", { state: "disconnected" }, /An admin disconnected/, /Ein Admin hat/],
    [
      "gave no answer that is known",
      { looked: { at: start, sinceAt: start, trouble: "strange" } },
      /\(strange\)/,
      /[äöüß]/,
    ],
  ])("C10: that it %s is said in the reader's language", (_, change, english, german) => {
    const say = () => healthOf({ ...record(platform), ...change }, [], true).because;
    expect(say()).toMatch(english);
    expect(readIn("de", say)).toMatch(german);
    expect(say()).not.toMatch(/[äöüß]/);
  });
});
