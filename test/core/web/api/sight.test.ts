import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

let api: ApiRig;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

/** Open a request that asks the group of Ann, and answer its id. */
async function openForAnn(requestedBy?: string): Promise<string> {
  const { key } = await api.producer("ci");
  const group = deriveId("group", "deciders");
  const members = [deriveId("person", "Ann")];
  await api.store.groups.insert({
    id: group,
    organization,
    revision: 1,
    name: "deciders",
    members,
  });
  await api.keepPolicy({ approvers: [{ kind: "group", group, name: "deciders" }] });
  return api.open(key, "web/1", requestedBy === undefined ? {} : { requested_by: requestedBy });
}

const seenBy = async (key: string, id: string) => {
  const list = await api.call<{ items: readonly { id: string }[] }>("GET", "/v1/approvals", {
    key,
  });
  const one = await api.call("GET", `/v1/approvals/${id}`, { key });
  return { listed: list.body.items.map((item) => item.id), status: one.status };
};

describe("who sees a request", () => {
  it("is somebody whom its policy asks, and nobody else of the approvers", async () => {
    const ann = await api.person("Ann", ["approver"], ["read", "vote"]);
    const zed = await api.person("Zed", ["approver"], ["read", "vote"]);
    const id = await openForAnn();
    expect(await seenBy(ann, id)).toEqual({ listed: [id], status: 200 });
    expect(await seenBy(zed, id)).toEqual({ listed: [], status: 403 });
    const body = { choice: "approve" };
    const vote = await api.call<{ code: string; detail: string; title: string }>(
      "POST",
      `/v1/approvals/${id}/votes`,
      { key: zed, body },
    );
    expect(vote).toMatchObject({ status: 403, body: { code: "not_eligible" } });
    expect(vote.body.detail).toContain("Who can decide: deciders");
  });

  it("is whoever asked for it, and everybody who keeps the hub", async () => {
    const chloe = await api.person("Chloe", [], ["read"]);
    const auditor = await api.person("Otto", ["auditor"], ["read"]);
    const id = await openForAnn("chloe@example.com");
    expect(await seenBy(chloe, id)).toEqual({ listed: [id], status: 200 });
    expect(await seenBy(auditor, id)).toEqual({ listed: [id], status: 200 });
  });

  it("stays whoever voted, after the group has changed", async () => {
    const ann = await api.person("Ann", ["approver"], ["read", "vote"]);
    const id = await openForAnn();
    const body = { choice: "approve" };
    expect((await api.call("POST", `/v1/approvals/${id}/votes`, { key: ann, body })).status).toBe(
      200,
    );
    const group = await api.store.groups.get(deriveId("group", "deciders"));
    if (!group) throw new Error("The group is missing.");
    await api.store.groups.replace({ ...group, members: [], revision: 2 }, 1);
    expect(await seenBy(ann, id)).toEqual({ listed: [id], status: 200 });
  });
});
