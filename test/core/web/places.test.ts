import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { type ConsoleVisitor, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { type Receiver, startReceiver } from "../../fixtures/rig/receiver.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

describe("the pages of destinations", () => {
  let api: ApiRig;
  let receiver: Receiver;
  let ann: ConsoleVisitor;
  let ci: string;

  beforeEach(async () => {
    receiver = await startReceiver();
    api = await startApi({ outboundAllow: [receiver.origin] });
    await api.hub.start();
    api.hub.deliver();
    await api.person("Ann", ["router"], ["read"]);
    ann = await visitAs(api, deriveId("person", "Ann"));
    ci = (await api.producer("ci")).key;
  });
  afterEach(async () => {
    await api.close();
    receiver.close();
  });

  const form = "/destinations/new/webhook";
  const typed = (over: Readonly<Record<string, string | readonly string[]>> = {}) => ({
    ...{ name: "tickets", field_address: `${receiver.origin}/in/T0secret`, types: "*" },
    ...{ state: "active", do: "save" },
    ...over,
  });
  const make = async (over = {}) => {
    const { status, body } = await ann.post(form, form, typed(over));
    expect(status, body).toBe(201);
    const all = await api.hub.destinations.list();
    return all.find(({ name }) => name === ({ name: "tickets", ...over } as { name: string }).name);
  };
  const fire = async (to: string) => {
    const { version } = await api.hub.rules.current();
    const rules = [{ name: "All", types: ["*"], to: [to], continue: false }];
    await api.hub.rules.save({ rules }, version, "Ann");
    await api.call("POST", "/v1/events", { key: ci, body: { type: "deploy.finished" } });
  };

  it("A21: a webhook is made in one form; its secret is shown once, its address never again", async () => {
    const { status, body } = await ann.post(form, form, typed());
    expect(status).toBe(201);
    expect(body).toContain("whsec_");
    const [made] = await api.hub.destinations.list();
    const page = (await ann.get(`/destinations/${made?.id}`)).body;
    expect(page).not.toContain("whsec_");
    expect(page).not.toContain("T0secret");
    expect(page).toContain("…cret");
    expect((await ann.get("/destinations")).body).toContain("Not tested");
  });

  it("A14: a refused form keeps what was typed, with the sentence at its field", async () => {
    const { status, body } = await ann.post(
      form,
      form,
      typed({ field_address: "https://x.example:8443/", name: "tickets!", types: [] }),
    );
    expect(status).toBe(422);
    expect(body).toContain('value="https://x.example:8443/"');
    expect(body).toContain('value="tickets!"');
    expect(body).toContain("Port 8443 is not allowed");
    expect(body).toContain("No event type is chosen");
    expect(body).toContain('aria-describedby="name-error name-help"');
    expect(await api.hub.destinations.list()).toEqual([]);
  });

  it("A13: a test of typed values shows its steps, and saves nothing", async () => {
    receiver.answers({ status: 403, text: "no entry" });
    const { status, body } = await ann.post(form, form, typed({ do: "test" }));
    expect(status).toBe(200);
    expect(body).toContain("The test failed");
    expect(body).toContain("Unsaved value");
    expect(body).toContain("no entry");
    expect(body).toContain("What to do:");
    expect(body).toMatch(/href="\/deliveries\/dlv_/);
    expect(await api.hub.destinations.list()).toEqual([]);
  });

  it("A21: the preview shows the body for a sample, with what placeholders may name", async () => {
    const body = '{"asked": "{{ event.data.item }}"}';
    const asked = { do: "preview", field_body: body, sample: "asset_request_created" };
    const page = (await ann.post(form, form, typed(asked))).body;
    expect(page).toContain("Preview");
    expect(page).toMatch(/&quot;asked&quot;: &quot;[^&]+&quot;/);
    expect(page).toContain("asset_request_created");
    const missing = { ...asked, field_body: '{"x": "{{ event.data.nothing }}"}' };
    expect((await ann.post(form, form, typed(missing))).body).toContain(
      "The event has no field event.data.nothing",
    );
    expect(receiver.received).toEqual([]);
  });

  it("B3: toggles are saved by the form, and work from the next event", async () => {
    const made = await make({ types: ["alert.triggered"], other_types: "deploy.started" });
    expect(made?.types).toEqual(["alert.triggered", "deploy.started"]);
    await fire("tickets");
    // What is switched off is noted and not sent: waiting for the note is what makes the next count mean something.
    const ends = async () =>
      (await api.hub.store.deliveries.scan("byTime", { limit: 10 })).map(({ state }) => state);
    await expect.poll(ends).toEqual(["suppressed"]);
    expect(receiver.received).toEqual([]);
    const page = `/destinations/${made?.id}`;
    const saved = await ann.post(page, page, {
      ...typed({ field_address: "", types: "*" }),
      revision: String(made?.revision),
    });
    expect([saved.status, saved.headers.get("location")]).toEqual([303, `${page}?done=saved`]);
    await fire("tickets");
    await expect.poll(() => receiver.received.length).toBe(1);
  });

  it("C10: the language of its messages is chosen in the form, and shown there again", async () => {
    const made = await make();
    const page = `/destinations/${made?.id}`;
    const german = { ...typed({ language: "de" }), revision: String(made?.revision) };
    expect((await ann.post(page, page, german)).status).toBe(303);
    const [kept] = await api.hub.destinations.list();
    expect(kept?.language).toBe("de");
    expect((await ann.get(page)).body).toMatch(/<option value="de" selected/);
  });

  it("R6: a new signing secret is made on the page and shown this once; meanwhile the page says that two sign", async () => {
    const made = await make();
    const page = `/destinations/${made?.id}`;
    const { status, body } = await ann.post(page, `${page}/secret`, { overlap: "7d" });
    expect(status).toBe(200);
    expect(body).toMatch(/whsec_/);
    expect((await ann.get(`${page}/secret`)).headers.get("location")).toBe(page);
    const again = (await ann.get(page)).body;
    expect(again).toContain("Two secrets sign until");
    expect(again).not.toContain("whsec_");
  });

  it("two who save one destination: the later one keeps what was typed and is told", async () => {
    const made = await make();
    const page = `/destinations/${made?.id}`;
    const change = { ...typed({ description: "mine" }), revision: String(made?.revision) };
    expect((await ann.post(page, page, change)).status).toBe(303);
    const late = await ann.post(page, page, { ...change, description: "theirs" });
    expect(late.status).toBe(412);
    expect(late.body).toContain('value="theirs"');
    expect(late.body).toContain("Somebody saved this destination meanwhile");
  });

  it("A15: an address that takes nothing is broken, with the reason; repaired, it gets what was kept", async () => {
    receiver.answers(({ path }) => ({ status: path === "/new" ? 200 : 410 }));
    const made = await make();
    const page = `/destinations/${made?.id}`;
    await fire("tickets");
    await expect.poll(async () => (await ann.get(page)).body).toContain("One message is");
    const broken = (await ann.get(page)).body;
    expect(broken).toContain("Broken");
    expect((await ann.get("/destinations")).body).toContain("1, one needs you");
    expect(broken).toContain("HTTP 410");
    expect((await ann.get("/")).body).toContain("tickets gets nothing");
    receiver.received.length = 0;
    const revision = /name="revision" value="(\d+)"/.exec(broken)?.[1] ?? "";
    const address = { field_address: `${receiver.origin}/new` };
    expect((await ann.post(page, page, { ...typed(address), revision })).status).toBe(303);
    await expect.poll(() => receiver.received.length).toBe(1);
    await expect.poll(async () => (await ann.get(page)).body).toContain("Healthy");
  });

  it("what was given up is sent again from the page", async () => {
    receiver.answers({ status: 400 });
    const made = await make();
    const page = `/destinations/${made?.id}`;
    await fire("tickets");
    await expect.poll(async () => (await ann.get(page)).body).toContain("One message was");
    receiver.answers({ status: 200 });
    await ann.post(page, `${page}/redeliver`);
    await expect.poll(() => receiver.received.length).toBe(2);
  });

  it("what was given up is there also behind hundreds that were given up elsewhere since", async () => {
    receiver.answers({ status: 400 });
    const made = await make();
    const page = `/destinations/${made?.id}`;
    await fire("tickets");
    await expect.poll(async () => (await ann.get(page)).body).toContain("One message was");
    const [dead] = await api.store.deliveries.scan("byState", {
      prefix: [organization, "dead"],
      limit: 1,
    });
    if (dead?.task.kind !== "post") throw new Error("No post is dead.");
    const { task, createdAt } = dead;
    const elsewhere = { ...task, destination: deriveId("destination", "elsewhere") };
    const later = new Date(createdAt.getTime() + 1);
    for (let number = 0; number < 500; number += 1) {
      const id = deriveId("delivery", `elsewhere ${number}`);
      await api.store.deliveries.insert({ ...dead, id, task: elsewhere, createdAt: later });
    }
    expect((await ann.get(page)).body).toContain("One message was");
  });

  it("A28: is not removed while a rule names it, and says which", async () => {
    const made = await make();
    const page = `/destinations/${made?.id}`;
    await fire("tickets");
    const { revision = 0 } = (await api.hub.destinations.list())[0] ?? {};
    const kept = await ann.post(page, `${page}/remove`, { revision: String(revision) });
    expect(kept.status).toBe(409);
    expect(kept.body).toContain("It is needed by rule All.");
    await api.hub.rules.save({ rules: [] }, (await api.hub.rules.current()).version, "Ann");
    expect((await ann.post(page, `${page}/remove`, { revision: String(revision) })).status).toBe(
      303,
    );
    expect(await api.hub.destinations.list()).toEqual([]);
  });

  it("U31: pages of hooks without buttons say so, and what the app would bring", async () => {
    for (const kind of ["slack-webhook", "teams-workflow"]) {
      const { body } = await ann.get(`/destinations/new/${kind}`);
      expect(body).toContain("No buttons, a fixed channel");
      expect(body).toContain("What you would gain");
    }
  });

  it("H10: hub troubles go to Operations, unless that is what they are about; Overview asks for it", async () => {
    expect((await ann.get("/")).body).toContain(
      "Nobody is told of the hub&#39;s own troubles".replace("&#39;", "'"),
    );
    const ops = await make({ name: "operations" });
    await ann.post("/destinations", "/destinations/operations", { destination: ops?.id ?? "" });
    expect((await ann.get("/")).body).not.toContain("Nobody is told");
    await make({ field_address: `${receiver.origin}/dead` });
    receiver.answers(({ path }) => ({ status: path === "/dead" ? 404 : 200 }));
    await fire("tickets");
    const told = () =>
      receiver.received
        .filter(({ path }) => path !== "/dead")
        .map(({ text }) => JSON.parse(text) as { type: string; subject: string });
    await expect.poll(told).toMatchObject([{ type: "destination.broken", subject: "tickets" }]);
    const kept = await api.hub.destinations.remove(ops?.id as never, ops?.revision ?? 0);
    expect(kept).toMatchObject({ kind: "in_use", users: [{ kind: "operations" }] });
  });

  it("auditors read the pages and change nothing; approvers read none of them", async () => {
    const made = await make();
    await api.person("Aud", ["auditor"], ["read"]);
    const aud = await visitAs(api, deriveId("person", "Aud"));
    const page = `/destinations/${made?.id}`;
    const { status, body } = await aud.get(page);
    expect([status, body.includes("Save changes")]).toEqual([200, false]);
    expect((await aud.get(form)).status).toBe(403);
    expect((await aud.post(page, page, typed())).status).toBe(403);
    await api.person("App", ["approver"], ["read"]);
    const app = await visitAs(api, deriveId("person", "App"));
    expect((await app.get("/destinations")).status).toBe(403);
  });
});
