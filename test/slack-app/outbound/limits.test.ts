import { describe, expect, it } from "vitest";
import { limits, validateBlocks, validateView } from "../../../slack-app/outbound/limits.ts";

const long = (length: number) => "x".repeat(length);
const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const header = (text: string) => ({ type: "header", text: plain(text) });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const fields = (count: number, length = 1) => ({
  type: "section",
  fields: Array.from({ length: count }, () => mrkdwn(long(length))),
});
const button = (over: object = {}) => ({ type: "button", text: plain("Go"), ...over });
const actions = (...elements: readonly object[]) => ({ type: "actions", elements });
const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, i) => make(i));

describe("validateBlocks", () => {
  it.each<[string, object[], object[], string]>([
    ["50 blocks", many(50, () => section("x")), many(51, () => section("x")), "/blocks"],
    ["a header of 150", [header(long(150))], [header(long(151))], "/blocks/0/text/text"],
    ["a section of 3,000", [section(long(3_000))], [section(long(3_001))], "/blocks/0/text/text"],
    ["10 fields", [fields(10)], [fields(11)], "/blocks/0/fields"],
    ["a field of 2,000", [fields(1, 2_000)], [fields(1, 2_001)], "/blocks/0/fields/0/text"],
    [
      "10 context elements",
      [{ type: "context", elements: many(10, () => mrkdwn("x")) }],
      [{ type: "context", elements: many(11, () => mrkdwn("x")) }],
      "/blocks/0/elements",
    ],
    [
      "25 buttons",
      [actions(...many(25, (index) => button({ action_id: `a${index}` })))],
      [actions(...many(26, (index) => button({ action_id: `a${index}` })))],
      "/blocks/0/elements",
    ],
    [
      "a button of 75",
      [actions(button({ text: plain(long(75)) }))],
      [actions(button({ text: plain(long(76)) }))],
      "/blocks/0/elements/0/text/text",
    ],
    [
      "a value of 2,000",
      [actions(button({ value: long(2_000) }))],
      [actions(button({ value: long(2_001) }))],
      "/blocks/0/elements/0/value",
    ],
    [
      "an address of 3,000",
      [actions(button({ url: long(3_000) }))],
      [actions(button({ url: long(3_001) }))],
      "/blocks/0/elements/0/url",
    ],
    [
      "a spoken label of 75",
      [actions(button({ accessibility_label: long(75) }))],
      [actions(button({ accessibility_label: long(76) }))],
      "/blocks/0/elements/0/accessibility_label",
    ],
    [
      "an action_id of 255",
      [actions(button({ action_id: long(255) }))],
      [actions(button({ action_id: long(256) }))],
      "/blocks/0/elements/0/action_id",
    ],
    [
      "a block_id of 255",
      [{ ...section("x"), block_id: long(255) }],
      [{ ...section("x"), block_id: long(256) }],
      "/blocks/0/block_id",
    ],
  ])("takes %s and not one more", (_name, fits, tooMuch, pointer) => {
    expect(validateBlocks(fits)).toEqual([]);
    expect(validateBlocks(tooMuch).map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each<[string, unknown, string]>([
    ["no blocks", [], "/blocks"],
    ["blocks that are no list", "blocks", "/blocks"],
    ["an unknown block", [{ type: "poster" }], "/blocks/0/type"],
    ["a block that is no object", [null], "/blocks/0/type"],
    ["an input in a message", [{ type: "input" }], "/blocks/0/type"],
    ["mrkdwn in a header", [{ type: "header", text: mrkdwn("x") }], "/blocks/0/text/type"],
    ["an empty text", [section("")], "/blocks/0/text/text"],
    ["a section of nothing", [{ type: "section" }], "/blocks/0"],
    [
      "two buttons of one id",
      [actions(button({ action_id: "a" }), button({ action_id: "a" }))],
      "/blocks/0/elements",
    ],
    ["a style of its own", [actions(button({ style: "gold" }))], "/blocks/0/elements/0/style"],
    ["a number for a value", [actions(button({ value: 7 }))], "/blocks/0/elements/0/value"],
    ["one block_id twice", many(2, () => ({ ...section("x"), block_id: "b" })), "/blocks"],
  ])("refuses %s", (_name, blocks, pointer) => {
    expect(validateBlocks(blocks)[0]?.pointer).toBe(pointer);
  });
});

describe("validateView", () => {
  const input = (element: object = {}) => ({
    type: "input",
    label: plain("Why?"),
    element: { type: "plain_text_input", ...element },
  });
  const view = (over: object = {}) => ({
    type: "modal",
    title: plain(long(limits.viewTitle)),
    submit: plain("Send"),
    blocks: [input()],
    ...over,
  });

  it("takes a dialog at its limits", () => {
    const most = {
      private_metadata: long(3_000),
      close: plain(long(24)),
      blocks: many(100, () => input()),
    };
    expect(validateView(view(most))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["a title of 25", view({ title: plain(long(25)) }), "/view/title/text"],
    ["no title", view({ title: undefined }), "/view/title"],
    ["a submit of 25", view({ submit: plain(long(25)) }), "/view/submit/text"],
    ["an input without submit", view({ submit: undefined }), "/view/submit"],
    ["metadata of 3,001", view({ private_metadata: long(3_001) }), "/view/private_metadata"],
    ["101 blocks", view({ blocks: many(101, () => input()) }), "/view/blocks"],
    [
      "min_length of 3,001",
      view({ blocks: [input({ min_length: 3_001 })] }),
      "/view/blocks/0/element/min_length",
    ],
    ["another type", view({ type: "popup" }), "/view/type"],
  ])("refuses %s", (_name, wrong, pointer) => {
    expect(validateView(wrong).map((error) => error.pointer)).toContain(pointer);
  });
});
