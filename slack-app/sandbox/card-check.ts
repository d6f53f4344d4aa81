import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { blocksLength, limits } from "../outbound/limits.ts";
import type { Content } from "./timeline.ts";

type Check = SandboxMessage["check"][number];
type Thing = Readonly<Record<string, unknown>>;

const thing = (value: unknown): Thing =>
  typeof value === "object" && value !== null ? (value as Thing) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const lengthOf = (value: unknown) => (typeof value === "string" ? value.length : 0);
const longest = (lengths: readonly number[]) => Math.max(0, ...lengths);

/** All elements of the blocks of one type, for example the buttons of every `actions` block. */
function elementsOf(blocks: readonly unknown[], type: string, name = "elements"): readonly Thing[] {
  const ofType = blocks.map(thing).filter((block) => block["type"] === type);
  return ofType.flatMap((block) => list(block[name]).map(thing));
}

/** The buttons of a message, in the order in which they stand. */
export function buttonsOf({ blocks = [] }: Content): readonly Thing[] {
  return elementsOf(blocks, "actions").filter((element) => element["type"] === "button");
}

/** Say how much of each of Slack's limits a message uses, for the Card check tab. */
export function checkCard({ text, blocks = [] }: Content): readonly Check[] {
  const textOf = (owner: Thing) => lengthOf(thing(owner["text"])["text"]);
  const ofType = (type: string) => blocks.map(thing).filter((block) => block["type"] === type);
  const fields = elementsOf(blocks, "section", "fields");
  const buttons = buttonsOf({ text, blocks });
  const rows: readonly Check[] = [
    { what: "blocks", used: blocks.length, limit: limits.messageBlocks },
    {
      what: "characters of all blocks",
      used: blocks.length === 0 ? 0 : blocksLength(blocks),
      limit: limits.allBlocks,
    },
    { what: "header", used: longest(ofType("header").map(textOf)), limit: limits.header },
    {
      what: "longest section",
      used: longest(ofType("section").map(textOf)),
      limit: limits.sectionText,
    },
    { what: "fields", used: fields.length, limit: limits.sectionFields },
    {
      what: "longest field",
      used: longest(fields.map((field) => lengthOf(field["text"]))),
      limit: limits.fieldText,
    },
    { what: "buttons", used: buttons.length, limit: limits.actionElements },
    { what: "longest button", used: longest(buttons.map(textOf)), limit: limits.buttonText },
    {
      what: "longest button value",
      used: longest(buttons.map((button) => lengthOf(button["value"]))),
      limit: limits.buttonValue,
    },
    { what: "notification text", used: text.length, limit: limits.messageText },
  ];
  return rows.filter((row) => row.used > 0);
}
