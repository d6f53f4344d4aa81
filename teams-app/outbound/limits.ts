// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is looked for is an expression of the card language.

import { isJsonObject } from "../../core/domain/json.ts";
import { parseUrl } from "../../core/domain/parse-url.ts";

/** Cards stay under 28 KB, counted as UTF-16: the least of the numbers that Microsoft's people name (PLATFORMS 2.9). */
export const mostCardBytes = 28 * 1024;
/** A bot message may have 100 KB in UTF-16, text and mentions included (PLATFORMS 2.9). */
export const mostMessageBytes = 100 * 1024;
/** Microsoft's parser draws no more than five buttons in one row (PLATFORMS 3). */
export const mostActions = 5;
/** The newest version that Teams draws (PLATFORMS 2.10). */
export const newestVersion = "1.5";

/** One thing that Teams would refuse or draw wrongly, with a JSON pointer to its place. */
export interface CardError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** How much of the limits a card uses. */
export interface CardUse {
  readonly bytes: number;
  readonly version: number;
  /** Buttons in its longest row. */
  readonly actions: number;
}

/** Size of a card as Teams counts it: its JSON in UTF-16. */
export function cardSize(card: unknown): number {
  return (JSON.stringify(card) ?? "").length * 2;
}

type Node = { readonly [name: string]: unknown };
type Report = (pointer: string, code: string, message: string) => void;
type Rule = (node: Node, pointer: string, report: Report) => void;

const need =
  (field: string, code: string): Rule =>
  (node, pointer, report) => {
    const value = node[field];
    if (typeof value !== "string" || value === "") {
      report(`${pointer}/${field}`, code, `${field} must be a text.`);
    }
  };

const needList =
  (field: string): Rule =>
  (node, pointer, report) => {
    if (!Array.isArray(node[field]))
      report(`${pointer}/${field}`, "list_missing", `${field} must be a list.`);
  };

const fewActions: Rule = (node, pointer, report) => {
  const actions = node["actions"];
  if (!Array.isArray(actions) || actions.length <= mostActions) return;
  report(
    `${pointer}/actions`,
    "too_many_actions",
    `At most ${mostActions} actions, not ${actions.length}.`,
  );
};

const webAddress: Rule = (node, pointer, report) => {
  const url = node["url"];
  if (typeof url === "string" && parseUrl(url) && /^https?:/u.test(url)) return;
  report(`${pointer}/url`, "url_missing", "url must be a web address.");
};

const text = need("text", "text_missing");
const title = need("title", "title_missing");
const inputId = need("id", "input_id_missing");

const requiredSaysWhy: Rule = (node, pointer, report) => {
  if (node["isRequired"] !== true || typeof node["errorMessage"] === "string") return;
  report(
    `${pointer}/errorMessage`,
    "error_message_missing",
    "A required input must say what is wrong.",
  );
};

const cardVersion: Rule = (node, pointer, report) => {
  const version = node["version"];
  if (typeof version === "string" && /^1\.[0-5]$/u.test(version)) return;
  report(`${pointer}/version`, "version_unsupported", `version must be ${newestVersion} or lower.`);
};

/** Every type that our cards and those of customers' templates may use, with what each needs. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  AdaptiveCard: [fewActions],
  TextBlock: [text],
  RichTextBlock: [needList("inlines")],
  TextRun: [text],
  Container: [needList("items")],
  ColumnSet: [],
  Column: [],
  Image: [webAddress],
  FactSet: [needList("facts")],
  ActionSet: [needList("actions"), fewActions],
  Table: [],
  TableRow: [],
  TableCell: [],
  "Input.Text": [inputId, requiredSaysWhy],
  "Input.ChoiceSet": [inputId, requiredSaysWhy],
  "Input.Toggle": [inputId, title],
  "Input.Date": [inputId],
  "Input.Time": [inputId],
  "Input.Number": [inputId],
  "Action.Execute": [title, need("verb", "verb_missing")],
  "Action.Submit": [title],
  "Action.OpenUrl": [title, webAddress],
  "Action.ShowCard": [title],
  "Action.ToggleVisibility": [title],
};

/** Fields that a template writes and people never do: what is left of an expression there is our mistake. */
const ours = ["type", "id", "verb", "style", "size", "weight", "version", "url", "regex"] as const;

function leftovers(node: Node, pointer: string, report: Report) {
  for (const name of ours) {
    const value = node[name];
    if (typeof value !== "string" || !value.includes("${")) continue;
    report(
      `${pointer}/${name}`,
      "expression_left",
      "An expression of the template was not filled in.",
    );
  }
}

function factTexts(node: Node, pointer: string, report: Report) {
  if (!Array.isArray(node["facts"])) return;
  for (const [index, fact] of node["facts"].entries()) {
    if (!isJsonObject(fact)) continue;
    need("title", "text_missing")(fact, `${pointer}/facts/${index}`, report);
    if (typeof fact["value"] === "string") continue;
    report(`${pointer}/facts/${index}/value`, "text_missing", "value must be a text.");
  }
}

interface Walk {
  readonly report: Report;
  readonly ids: Set<string>;
  longestRow: number;
}

/** What a program sent along with an action is not drawn, so nothing in it is checked. */
const opaque: ReadonlySet<string> = new Set(["data", "msteams", "$schema"]);

function visit(value: unknown, pointer: string, walk: Walk) {
  if (value === null || value === undefined) {
    walk.report(pointer, "null_value", "A card has no null in it.");
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${pointer}/${index}`, walk);
    return;
  }
  if (!isJsonObject(value)) return;
  checkNode(value, pointer, walk);
  for (const [name, member] of Object.entries(value)) {
    if (!opaque.has(name)) visit(member, `${pointer}/${name}`, walk);
  }
}

function checkNode(node: Node, pointer: string, walk: Walk) {
  const type = node["type"];
  if (type === undefined) return;
  const known = typeof type === "string" ? rules[type] : undefined;
  if (!known) walk.report(`${pointer}/type`, "type_unknown", "Teams does not draw this type.");
  for (const rule of known ?? []) rule(node, pointer, walk.report);
  leftovers(node, pointer, walk.report);
  factTexts(node, pointer, walk.report);
  noteId(node, pointer, walk);
  const actions = node["actions"];
  if (Array.isArray(actions)) walk.longestRow = Math.max(walk.longestRow, actions.length);
}

function noteId({ id }: Node, pointer: string, walk: Walk) {
  if (typeof id !== "string" || pointer.endsWith("/fallback")) return;
  if (walk.ids.has(id))
    walk.report(`${pointer}/id`, "id_twice", "Two things on the card have this id.");
  walk.ids.add(id);
}

function walkCard(card: unknown): { readonly errors: readonly CardError[]; readonly use: CardUse } {
  const errors: CardError[] = [];
  const report: Report = (pointer, code, message) => errors.push({ pointer, code, message });
  const walk: Walk = { report, ids: new Set(), longestRow: 0 };
  if (!isJsonObject(card) || card["type"] !== "AdaptiveCard") {
    report("/type", "not_a_card", "type must be AdaptiveCard.");
    return { errors, use: { bytes: cardSize(card), version: 0, actions: 0 } };
  }
  cardVersion(card, "", report);
  visit(card, "", walk);
  const bytes = cardSize(card);
  if (bytes > mostCardBytes) {
    report("", "too_big", `The card has ${bytes} bytes in UTF-16; ${mostCardBytes} are the most.`);
  }
  return {
    errors,
    use: { bytes, version: Number(card["version"]) || 0, actions: walk.longestRow },
  };
}

/** Find everything in a card that Teams would refuse. An empty list means that it passes. */
export function checkCard(card: unknown): readonly CardError[] {
  return walkCard(card).errors;
}

/** Measure a card against the limits. */
export function measureCard(card: unknown): CardUse {
  return walkCard(card).use;
}
