import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SlackInstallation } from "../../../core/ports/installations.ts";
import { createClients } from "../../../slack-app/outbound/client.ts";
import { createPeople, type People } from "../../../slack-app/workspace/people.ts";
import { HandClock } from "../rig.ts";

const installation: SlackInstallation = {
  ...{ platform: "slack", slackTeamId: "T1", name: "Acme", botToken: "xoxb-1" },
  ...{ botId: "B1", botUserId: "U0", scopes: [] },
};
const member = {
  id: "U1",
  team_id: "T1",
  name: "ann",
  real_name: "Ann Example",
  is_email_confirmed: true,
  profile: { email: "ann@example.com" },
};

let server: Server;
let says: () => unknown;
let asked: number;
let clock: HandClock;
let people: People;
beforeEach(async () => {
  asked = 0;
  server = createServer((_request, response) => {
    asked += 1;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(says()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  clock = new HandClock();
  people = createPeople(createClients({ apiUrl }, 1_000), clock);
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const profileOf = async (fields: object, over: Partial<SlackInstallation> = {}) => {
  says = () => ({ ok: true, user: { ...member, ...fields } });
  const said = await people({ ...installation, ...over }, "U1");
  return said.kind === "told" ? said.profile : said;
};

describe("a person in Slack", () => {
  it("A12: of the home workspace is nothing but themselves, with a verified address", async () => {
    expect(await profileOf({})).toEqual({
      name: "Ann Example",
      email: "ann@example.com",
      ...{ guest: false, foreign: false, gone: false },
    });
  });

  it.each([
    ["a multi-channel guest", { is_restricted: true }, { guest: true }],
    ["a single-channel guest", { is_ultra_restricted: true }, { guest: true }],
    ["somebody of another company", { team_id: "T9" }, { foreign: true }],
    ["a stranger", { is_stranger: true }, { foreign: true }],
    ["somebody without a workspace", { team_id: undefined }, { foreign: true }],
    ["somebody who left", { deleted: true }, { gone: true }],
    ["a bot", { is_bot: true }, { gone: true }],
  ])("A12: who is %s is told apart", async (_who, fields, expected) => {
    expect(await profileOf(fields)).toMatchObject(expected);
  });

  it.each([
    ["not confirmed", { is_email_confirmed: false }],
    ["not said to be confirmed", { is_email_confirmed: undefined }],
    ["not told", { profile: {} }],
  ])("A11: has no address where it is %s", async (_what, fields) => {
    expect(await profileOf(fields)).not.toHaveProperty("email");
  });

  it("U23: of any workspace of an org-wide installation is at home", async () => {
    const enterprise = { id: "E1", teams: ["T1", "T2"] };
    expect(await profileOf({ team_id: "T2" }, { enterprise })).toMatchObject({ foreign: false });
  });

  it.each([
    ["another workspace of theirs", { team_id: "T9" }, ["T9", "T1"], false],
    ["the organization", { team_id: "E1" }, ["T1"], false],
    ["nothing", { team_id: undefined }, ["T1"], false],
    ["another workspace, and is not in this one", { team_id: "T9" }, ["T9"], true],
    ["another company, and is a stranger", { is_stranger: true }, ["T1"], true],
  ])(
    "A12, U23: in an organization is at home by its list of workspaces, where Slack names %s",
    async (_what, fields, teams, foreign) => {
      const user = { enterprise_user: { id: "U1", enterprise_id: "E1", teams } };
      expect(await profileOf({ ...fields, ...user })).toMatchObject({ foreign });
    },
  );

  it("G11: is asked about again after ten minutes, so that a new guest is refused by then", async () => {
    await profileOf({});
    clock.offsetMs = 590_000;
    expect(await profileOf({ is_restricted: true })).toMatchObject({ guest: false });
    expect(asked).toBe(1);
    clock.offsetMs = 601_000;
    expect(await profileOf({ is_restricted: true })).toMatchObject({ guest: true });
    expect(asked).toBe(2);
  });

  it("G11: is asked about again after a clock that ran ahead was set back", async () => {
    clock.offsetMs = 3_600_000;
    await profileOf({});
    clock.offsetMs = 0;
    expect(await profileOf({ is_restricted: true })).toMatchObject({ guest: true });
  });

  it.each([
    ["user_not_found", { kind: "nobody" }],
    ["user_not_visible", { kind: "nobody" }],
    ["missing_scope", { kind: "untold", because: "missing_scope" }],
    ["internal_error", { kind: "untold", because: "internal_error" }],
  ])("G11: of whom Slack says %s is asked about again", async (error, said) => {
    says = () => ({ ok: false, error });
    expect(await people(installation, "U1")).toEqual(said);
    expect(await profileOf({})).toMatchObject({ name: "Ann Example" });
  });
});
