import { describe, expect, it } from "vitest";
import { silentSince } from "../../../core/hub/workspace-health.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { organization, start } from "../domain/samples.ts";

const day = (days: number) => new Date(start.getTime() + days * 86_400_000);
const tenant: InstallationRecord = {
  ...{ id: "ins_1" as never, organization, revision: 1, platform: "teams", workspace: "t" },
  ...{ name: "Tenant", state: "connected", scopes: [], connectedAt: start },
};

describe("a tenant that has gone silent", () => {
  it.each<[string, Partial<InstallationRecord>, Date | undefined]>([
    ["messages arrive for days and nothing comes back", { deliveredAt: day(4) }, start],
    ["a press came since", { deliveredAt: day(4), heardAt: day(3) }, undefined],
    ["the last press is long ago", { deliveredAt: day(9), heardAt: day(3) }, day(3)],
    ["nothing arrived since either", { deliveredAt: day(2) }, undefined],
    ["nothing arrived at all", {}, undefined],
    ["the app was taken out", { deliveredAt: day(4), state: "revoked" }, undefined],
    [
      "nobody knows since when",
      { deliveredAt: day(4), connectedAt: undefined as never },
      undefined,
    ],
    ["it is a Slack", { deliveredAt: day(4), platform: "slack" }, undefined],
  ])("U27: when %s", (_, change, since) => {
    expect(silentSince({ ...tenant, ...change })).toEqual(since);
  });
});
