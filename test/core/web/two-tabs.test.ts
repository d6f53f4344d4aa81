import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { type ConsoleVisitor, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A form that was corrected, tested or previewed is still what was read at first: who saved meanwhile keeps it. */
describe("a form that comes back before it is saved", () => {
  let api: ApiRig;
  let ann: ConsoleVisitor;
  beforeEach(async () => {
    api = await startApi();
    await api.person("Ann", ["admin"], ["admin"]);
    await api.person("Ben", ["approver"], ["read"]);
    ann = await visitAs(api, deriveId("person", "Ann"));
  });
  afterEach(() => api.close());

  const revisionIn = (html: string) => /name="revision" value="(\d*)"/.exec(html)?.[1] ?? "";

  /** What a tab shows after a step that saves nothing, and after saving that, where another tab saved in between. */
  async function overtaken(page: string, action: string, steps: Readonly<Record<string, Fields>>) {
    const revision = revisionIn((await ann.get(page)).body);
    const send = (step: string, read: string) =>
      ann.post(page, action, { ...steps[step], revision: read });
    const other = await send("other", revision);
    expect([200, 303]).toContain(other.status);
    const again = await send("again", revision);
    return send("save", revisionIn(again.body));
  }

  it("overwrites no person", async () => {
    const page = `/people/${deriveId("person", "Ben")}`;
    const save = { step: "save", name: "Ben", email: "", roles: "approver" };
    const late = await overtaken(page, page, {
      other: { ...save, roles: "auditor" },
      again: { ...save, email: "not whole" },
      save,
    });
    expect([late.status, late.body.includes("nothing was saved")]).toEqual([409, true]);
    expect((await api.store.people.get(deriveId("person", "Ben")))?.roles).toEqual(["auditor"]);
  });

  it("overwrites no group", async () => {
    const id = deriveId("group", "rm");
    await api.store.groups.insert({ id, organization, revision: 1, name: "rm", members: [] });
    const page = `/people/groups/${id}`;
    const members = [deriveId("person", "Ben")];
    const late = await overtaken(page, page, {
      other: { name: "rm", members },
      again: { name: " " },
      save: { name: "rm" },
    });
    expect([late.status, late.body.includes("nothing was saved")]).toEqual([409, true]);
    expect((await api.store.groups.get(id))?.members).toEqual(members);
  });

  const policy = {
    ...{ name: "production", people: "Ann", votes: "1", rejections: "1", self: "false" },
    ...{ requester: "optional", reason: "both", via: ["web"], expires_in: "1h" },
  };
  const settings = "/settings/policies";

  it("overwrites no policy", async () => {
    await ann.post(`${settings}/edit`, settings, { ...policy, revision: "0" });
    const late = await overtaken(`${settings}/edit?name=production`, settings, {
      other: { ...policy, expires_in: "2h" },
      again: { ...policy, expires_in: "soon" },
      save: policy,
    });
    expect([late.status, late.body.includes("Ann saved version 2")]).toEqual([409, true]);
  });

  it("makes no policy in the place of another one that has its name", async () => {
    await ann.post(`${settings}/edit`, settings, { ...policy, revision: "0" });
    const fresh = { ...policy, revision: "0", votes: "0" };
    const refused = await ann.post(`${settings}/edit`, settings, fresh);
    expect(refused.body).toMatch(/<input[^>]*id="name"[^>]*value="production"/);
    const revision = revisionIn(refused.body);
    const late = await ann.post(`${settings}/edit`, settings, { ...policy, revision });
    const said = "There is a policy production already.";
    expect([late.status, late.body.includes(said)]).toEqual([409, true]);
  });

  it.each(["test", "preview"])("overwrites no destination after a %s", async (step) => {
    const typed = { name: "tickets", types: "*", state: "active", do: "save" };
    const address = { field_address: "https://127.0.0.1:9/in" };
    await api.hub.destinations.create({
      ...{ kind: "webhook", name: "tickets", types: ["*"] },
      values: { address: "https://example.com/in" },
    });
    const [made] = await api.hub.destinations.list();
    const page = `/destinations/${made?.id}`;
    const late = await overtaken(page, page, {
      other: { ...typed, description: "of the night shift" },
      again: { ...typed, ...address, do: step, sample: "deploy.requested" },
      save: typed,
    });
    expect([late.status, late.body.includes("saved this destination meanwhile")]).toEqual([
      412,
      true,
    ]);
  });
});
