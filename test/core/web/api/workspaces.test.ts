import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Scope } from "../../../../core/domain/producer.ts";
import { keepKey } from "../../../../core/hub/callers.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type SlackHub, startSlackHub } from "../../../fixtures/rig/slack-hub.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";

interface WorkspaceBody {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly default_destination: string | null;
  readonly allow_outsiders: boolean;
}

describe("/v1/workspaces", () => {
  let slack: SlackHub;
  let id: string;

  beforeEach(async () => {
    slack = await startSlackHub();
    const { admin: person } = slack;
    for (const scopes of [["admin"], ["read"]] as const satisfies readonly (readonly Scope[])[]) {
      const owner = { kind: "person", person: person.id } as const;
      const name = `ann ${scopes[0]}`;
      await keepKey(slack.store, `cs_${scopes[0]}`, { organization, name, owner, scopes });
    }
    await slack.install(await slack.signIn());
    await slack.hub.start();
    slack.hub.deliver();
    const listed = await call<{ items: WorkspaceBody[] }>("GET", "/v1/workspaces");
    id = listed.body.items[0]?.id ?? "";
  });
  afterEach(() => slack.close());

  const call = <Body>(method: string, path: string, body?: unknown, key = "cs_admin") =>
    slack.call<Body>(method, path, { key, ...(body === undefined ? {} : { body }) });

  it("lists what is connected, with nothing secret in it", async () => {
    const { body } = await call<WorkspaceBody>("GET", `/v1/workspaces/${id}`);
    expect(body).toMatchObject({ name: "Acme", state: "connected" });
    expect(JSON.stringify(body)).not.toContain("xoxb");
  });

  it("A5: searches channels and finds what is pasted", async () => {
    const find = async (q: string) =>
      (
        await call<{ items: { name: string; id: string }[] }>(
          "GET",
          `/v1/workspaces/${id}/channels?q=${encodeURIComponent(q)}`,
        )
      ).body.items;
    const [named] = await find("#releases");
    expect(named?.name).toBe("#releases");
    const link = `https://acme.slack.com/archives/${named?.id}/p1763722582000100`;
    expect(await find(link)).toEqual([named]);
  });

  it("A9: takes a default channel, and no destination that is none", async () => {
    const chosen = await call<{ id: string }>("POST", "/v1/destinations", {
      workspace: id,
      channel: "#releases",
    });
    const path = `/v1/workspaces/${id}`;
    const named = await call<WorkspaceBody>("PATCH", path, {
      default_destination: "#releases",
      allow_outsiders: true,
    });
    expect(named.body).toMatchObject({
      default_destination: chosen.body.id,
      allow_outsiders: true,
    });
    const wrong = await call<Problem>("PATCH", path, { default_destination: "#nowhere" });
    expect([wrong.status, wrong.body.code]).toEqual([422, "destination_unknown"]);
  });

  it("looks now, and disconnects", async () => {
    const checked = await call<WorkspaceBody>("POST", `/v1/workspaces/${id}/check`);
    expect(checked.body).toMatchObject({ state: "connected" });
    const left = await call<WorkspaceBody>("POST", `/v1/workspaces/${id}/disconnect`);
    expect(left.body).toMatchObject({ id, state: "disconnected" });
  });

  it("is for those who connect or route", async () => {
    const answer = await call<Problem>("GET", "/v1/workspaces", undefined, "cs_read");
    expect([answer.status, answer.body.code]).toEqual([403, "role_missing"]);
    expect((await call("GET", "/v1/workspaces/ins_1")).status).toBe(404);
  });
});
