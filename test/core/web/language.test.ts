import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const ann: Person = {
  ...{ id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" },
  roles: ["admin", "approver"],
};
const inGerman = /<html lang="de">.*Übersicht.*<h1>Ihr Konto<\/h1>/su;
const inEnglish = /<html lang="en">.*Overview.*<h1>Your account<\/h1>/su;

let web: WebHub;
beforeEach(async () => {
  web = await startWebHub({ clock: handClock() });
  await web.store.people.insert(ann);
});
afterEach(() => web.close());

describe("the language of the console", () => {
  it.each([
    ["de-AT,de;q=0.9,en;q=0.5", inGerman],
    ["en-US,de;q=0.4", inEnglish],
    ["fr-FR", inEnglish],
    [undefined, inEnglish],
  ])("C10: is what the browser asks for: %s", async (asked, expected) => {
    const browser = await visitAs(web, ann.id, asked);
    expect((await browser.get("/account")).body).toMatch(expected);
  });

  it("C10: is what somebody chose, in every browser of theirs, until they choose none", async () => {
    const browser = await visitAs(web, ann.id, "en");
    const choose = (language: string) =>
      browser.post("/account", "/account/language", { language });
    await choose("de");
    expect((await browser.get("/account")).body).toMatch(inGerman);
    expect((await (await visitAs(web, ann.id, "fr")).get("/account")).body).toMatch(inGerman);
    await choose("");
    expect((await browser.get("/account")).body).toMatch(inEnglish);
  });

  it.each([
    ["de", "!", "Erwartet wird ein Buchstabe oder eine Ziffer"],
    ["en", "!", "Expected a letter or digit"],
    ["en", "x".repeat(101), "at most 100 in all"],
  ])("C10: a mistake that the hub finds stands at its field in %s", async (asked, name, words) => {
    const browser = await visitAs(web, ann.id, asked);
    const place = "/settings/producers";
    expect((await browser.post(place, place, { name })).body).toContain(words);
  });

  it("C10: the API speaks English, whatever a browser asks for", async () => {
    const browser = await visitAs(web, ann.id, "de");
    const { body } = await browser.get("/v1/rules/nothing");
    expect(JSON.stringify(body)).toMatch(/There is no|does not exist|Nothing/u);
  });
});
