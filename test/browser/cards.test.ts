import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenApproval } from "../../core/domain/approval.ts";
import type { Message } from "../../core/domain/message.ts";
import { builtinTypes } from "../../core/event-types/builtin-types.ts";
import { recordOf } from "../../core/event-types/find-type.ts";
import { approvalCard } from "../../core/messages/approval-card.ts";
import { eventCard } from "../../core/messages/event-card.ts";
import { eventContent } from "../../core/messages/event-content.ts";
import { approval, chloe, event, organization, policy } from "../core/domain/samples.ts";
import { everyState } from "../core/messages/every-state.ts";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { openBoard } from "../fixtures/rig/card-board.ts";

/** Where pictures go; `PICTURES=core/docs` renews those of the docs. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

const links = { hubUrl: "https://hub.example" };
const card = (request: Parameters<typeof approvalCard>[0]) => approvalCard(request, "slack", links);
const fact = (label: string, value: string) => ({ label, value });
const asked: OpenApproval = {
  ...approval,
  requester: { claim: "chloe@example.com", name: "Chloé", person: chloe.id },
  policy: {
    ...policy,
    approvers: [{ kind: "group", group: "grp_1" as never, name: "release managers" }],
  },
  facts: [fact("Service", "web"), fact("Environment", "production")],
  actions: [
    { id: "deploy", choice: "approve", label: "Deploy" },
    { id: "hold", choice: "reject", label: "Hold" },
  ],
};
const states = everyState(asked, { name: "Ann", reason: "not before Monday" });
const long = "The migration adds an index to the orders table and runs for about four minutes. ";

/** The cards that show all that a card can be. */
const twelve: Readonly<Record<string, Message>> = {
  open: card(asked),
  "1 of 2 votes": card(states["1 of 2"] ?? asked),
  "with body and eight facts": card({
    ...asked,
    body: "Two commits since 1.4.1.\nNo migration.",
    facts: [
      ...asked.facts,
      fact("Version", "1.4.2"),
      fact("Commit", "8c1f0aa"),
      fact("Author", "Chloé Martin"),
      fact("Region", "eu-west-1"),
      fact("Window", "14:00–15:00 UTC"),
      fact("Rollback", "automatic"),
    ],
  }),
  "very long": card({
    ...asked,
    title: long.repeat(2).slice(0, 150),
    body: long.repeat(60),
    facts: asked.facts.map(({ label }) => fact(label, long.repeat(4).slice(0, 300))),
  }),
  "right to left": card({
    ...asked,
    title: "פריסת אתר 1.4.2",
    body: "שתי תוספות. אין הגירה.",
    facts: [fact("סביבה", "ייצור"), fact("الخدمة", "الويب")],
  }),
  "without requester": card({ ...asked, requester: { claim: "ci-bot", name: "ci-bot" } }),
  "information only": eventCard(
    {
      ...event,
      level: "alert",
      data: { title: "Disk almost full on db-3", body: "93 % since 13:50.", metric: "disk.used" },
    },
    undefined,
    { name: "monitor" },
    links,
  ),
  approved: card(states["approved"] ?? asked),
  "rejected with reason": card(states["rejected"] ?? asked),
  expired: card(states["expired"] ?? asked),
  cancelled: card(states["cancelled"] ?? asked),
  revoked: card(states["revoked"] ?? asked),
};

/** The few that the docs show. */
const forDocs = Object.fromEntries(
  ["open", "approved", "rejected with reason"].map((name) => [name, twelve[name] as Message]),
);

/** The sample of every type of the catalogue: as a request where it asks for one, else as information. */
const catalogue = Object.fromEntries(
  [...builtinTypes.values()].map((type) => {
    const { subject = "", data } = type.sample;
    const sent = { ...event, type: type.name, level: type.level, subject, data };
    const record = recordOf(organization, type, 0);
    const { link: _, buttons, colour: __, ...content } = eventContent(sent, record);
    const actions = approval.actions.map((action) => ({
      ...action,
      label: buttons?.[action.choice] ?? action.label,
    }));
    return [
      type.name,
      type.approval.kind === "opens"
        ? card({ ...asked, ...content, actions })
        : eventCard(sent, record, { name: "ci" }, links),
    ];
  }),
);

describe("the cards of both chats", () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each(["light", "dark"] as const)(
    "C1: are drawn side by side, fit for everybody: %s",
    async (scheme) => {
      const board = await openBoard(browser, scheme);
      expect(await board.draw(twelve)).toEqual([]);
      const all = join(tmpdir(), `countersign-twelve-cards-${scheme}.png`);
      await board.page.screenshot({ path: all, fullPage: true });
      expect(await board.draw(forDocs)).toEqual([]);
      const path = join(pictures, `cards-${scheme}.png`);
      await board.page.screenshot({ path, fullPage: true });
      await board.close();
    },
  );

  it("B2: are drawn for every type of the catalogue", async () => {
    const board = await openBoard(browser, "light");
    expect(await board.draw(catalogue)).toEqual([]);
    const path = join(tmpdir(), "countersign-pictures-types.png");
    await board.page.screenshot({ path, fullPage: true });
    await board.close();
  });
});
