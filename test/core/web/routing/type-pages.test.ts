import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import { drawMessage } from "../../../../core/start/draw-message.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

let api: ApiRig;
let browser: ConsoleVisitor;
beforeEach(async () => {
  api = await startApi({ web: () => ({ draw: drawMessage }) });
  await api.person("Ada", ["admin"], ["read", "admin"]);
  await api.person("Aud", ["auditor"], ["read"]);
  browser = await visitAs(api, deriveId("person", "Ada"));
});
afterEach(() => api.close());

const types = "/routing/types";
const edit = "/routing/edit-type";
const leave = {
  name: "leave.requested",
  sample: { data: { who: "Lena" } },
  texts: { title: "{{ data.who }} asks for days off" },
  approval: { kind: "opens" },
};
const post = (text: string, more: object = {}) =>
  browser.post(edit, edit, { original: "", revision: "", text, ...more });

describe("the pages of event types", () => {
  it("B1: list all of them, found by name and by what they say", async () => {
    const { body: text } = await browser.get(types);
    expect(text).toContain("asset_request_created");
    expect(text).toContain("closes the request of its subject");
    const found = await browser.get(`${types}?q=warranty`);
    expect(found.body).toContain("warranty_expiring");
    expect(found.body).not.toContain("user.invited");
    expect((await browser.get(`${types}?q=nonesuch`)).body).toContain("No event type says that");
  });

  it("B1: draw the sample of one as Slack and as Teams show it, with schema and sample", async () => {
    const { body: text } = await browser.get(`${types}/RequestCreated`);
    expect(text.match(/Access to Orders database/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).toMatch(/class="slack chat-drawing".*class="teams chat-drawing"/s);
    expect(text).toContain("Approve · Give access");
    expect(text).toContain("countersign trigger RequestCreated");
    expect((await browser.get(`${types}/nonesuch`)).status).toBe(404);
  });

  it("C3: warn of a field that a text asks for, for the sample and for an event that came", async () => {
    const texts = {
      title: "{{ data.who }} asks",
      facts: [{ label: "Days", value: "{{ data.days }} d" }],
    };
    const sample = { data: { who: "Lena" } };
    expect((await post(JSON.stringify({ ...leave, sample, texts }))).status).toBe(303);
    const page = `${types}/leave.requested`;
    const said = /no field <code>days<\/code>, which fact 1 asks for; <code>⟨days\?⟩<\/code>/;
    expect((await browser.get(page)).body).toMatch(said);
    const { key } = await api.producer("hr");
    const body = { type: "leave.requested", subject: "leave/7", data: { who: "Omar", days: 2 } };
    const { id } = (await api.call<{ id: string }>("POST", "/v1/events", { key, body })).body;
    const drawn = (await browser.get(`${page}?event=${id}`)).body;
    expect(drawn).toMatch(
      /class="slack chat-drawing".*Omar asks.*class="teams chat-drawing".*Omar asks/s,
    );
    expect(drawn).not.toMatch(/no field <code>/);
    expect(drawn).toMatch(/aria-current="true"[^>]*>leave\/7/);
    const other = (await browser.get(`${types}/user.invited?event=${id}`)).body;
    expect(other).not.toContain("Omar asks");
  });

  it("add a type, and keep what was typed where it is wrong", async () => {
    const wrong = await post(JSON.stringify({ ...leave, texts: { colour: "red" } }));
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain("/texts/colour");
    expect(wrong.body).toContain("leave.requested");
    const broken = await post("{\"name\": \n 'x'}");
    expect(broken.body).toMatch(/line 2, column 2.*double/s);
    const saved = await post(JSON.stringify(leave));
    expect(saved.status).toBe(303);
    const { body: text } = await browser.get(`${types}/leave.requested`);
    expect(text).toContain("Lena asks for days off");
    expect((await post(JSON.stringify(leave))).body).toContain("there is a type of this name");
  });

  it("C3: draw a draft on Slack and on Teams before it is saved, and say what is wrong with it", async () => {
    const look = (draft: object) => post(JSON.stringify(draft), { do: "preview" });
    const both = /class="slack chat-drawing".*Lena asks.*class="teams chat-drawing".*Lena asks/s;
    const drawn = await look(leave);
    expect([drawn.status, drawn.body]).toEqual([200, expect.stringMatching(both)]);
    expect((await browser.get(`${types}/leave.requested`)).status).toBe(404);
    const texts = { title: "{{ data.who }} asks for {{ data.days }} days" };
    const lacking = await look({ ...leave, texts });
    expect(lacking.body).toMatch(/no field <code>days<\/code>, which the title asks for/);
    const wrong = await look({ ...leave, texts: { title: "{{ data.who | nofilter }}" } });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain("<code>/texts/title</code>");
    expect(wrong.body).not.toContain("chat-drawing");
    expect((await browser.get(`${edit}?name=RequestCreated`)).body).toContain("chat-drawing");
  });

  it("take a type as large as a type may be, and rules as long as the page of the backtest shows", async () => {
    const sample = { data: { who: "Lena", lines: Array.from({ length: 9_000 }, () => "äöü") } };
    const text = JSON.stringify({ ...leave, sample });
    expect([text.length < 131_072, (await post(text)).status]).toEqual([true, 303]);
    const rule = { types: ["deploy.*"], to: ["#a"], continue: false };
    const rules = Array.from({ length: 300 }, (_, at) => ({ name: `Rule ${at}`, ...rule }));
    const long = JSON.stringify({ rules }, null, 2).replaceAll("\n", "\r\n");
    const page = "/routing/backtest";
    const tried = await browser.post(page, page, { rules: long, last: "10" });
    expect([tried.status, tried.body]).toEqual([422, expect.stringContaining("#a")]);
  });

  it("change one over what was read, switch it off, and bring it back", async () => {
    const form = { original: "user.invited", revision: "0" };
    const text = JSON.stringify({ name: "user.invited", texts: { title: "Hello" } });
    expect((await post(text, form)).status).toBe(303);
    expect((await post(text.replace("Hello", "Hi"), form)).body).toContain("meanwhile");
    await browser.post(`${types}/user.invited`, `${types}/user.invited/turn`);
    expect((await browser.get(`${types}/user.invited`)).body).toContain("This type is off");
    await browser.post(`${types}/user.invited`, `${types}/user.invited/remove`);
    expect((await browser.get(`${types}/user.invited`)).body).toContain("as every hub has it");
  });

  it("show those who only look no button, and let them change nothing", async () => {
    const auditor = await visitAs(api, deriveId("person", "Aud"));
    expect((await auditor.get(`${types}/RequestCreated`)).body).not.toContain("Switch off");
    expect((await auditor.get(edit)).status).toBe(403);
  });
});
