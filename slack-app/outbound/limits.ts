/**
 * What Slack takes, in characters and counts. From the comments in @slack/types 3.2.0, but for `messageBlocks`
 * (docs.slack.dev/reference/block-kit/blocks), `updateText` (docs.slack.dev/reference/methods/chat.update) and
 * `allBlocks`, which Slack does not document: it answers
 * `msg_blocks_too_long` near 13,200 characters (slackapi/bolt-js#2509).
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  allBlocks: 13_200,
  messageText: 40_000,
  updateText: 4_000,
  header: 150,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  contextElements: 10,
  actionElements: 25,
  text: 3_000,
  id: 255,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  accessibilityLabel: 75,
  label: 2_000,
  placeholder: 150,
  selectPlaceholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLength: 3_000,
  viewTitle: 24,
  privateMetadata: 3_000,
  viewBytes: 250_000,
} as const;

/** What we let all blocks of one message add up to, well under the length that Slack refuses. */
export const blocksBudget = 12_000;

/** One thing that Slack would refuse, in the shape of its own `blocks.validate`. */
export interface BlockError {
  readonly pointer: string;
  readonly code: "required" | "too_long" | "too_many" | "too_few" | "not_allowed" | "not_unique";
  readonly message: string;
}

type Thing = Readonly<Record<string, unknown>>;
type Report = (pointer: string, code: BlockError["code"], message: string) => void;

const isThing = (value: unknown): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Count the characters of blocks as they leave: their JSON. */
export function blocksLength(blocks: readonly unknown[]): number {
  return JSON.stringify(blocks).length;
}

function checkLength(text: unknown, most: number, pointer: string, report: Report): void {
  if (text === undefined) return;
  if (typeof text !== "string") report(pointer, "not_allowed", "must be a string");
  else if (text.length > most) {
    report(pointer, "too_long", `must be less than ${most + 1} characters`);
  }
}

function checkText(
  value: unknown,
  rule: { readonly most: number; readonly plain?: true },
  pointer: string,
  report: Report,
): void {
  if (!isThing(value)) {
    report(pointer, "required", "missing required field: text object");
    return;
  }
  const type = value["type"];
  if (type !== "plain_text" && (type !== "mrkdwn" || rule.plain)) {
    report(`${pointer}/type`, "not_allowed", `unsupported type: ${String(type)}`);
    return;
  }
  const text = value["text"];
  if (typeof text !== "string" || text.length === 0) {
    report(`${pointer}/text`, "too_few", "must be more than 0 characters");
    return;
  }
  checkLength(text, rule.most, `${pointer}/text`, report);
}

function checkCount(
  list: unknown,
  most: number,
  pointer: string,
  report: Report,
): readonly unknown[] {
  if (!Array.isArray(list) || list.length === 0) {
    report(pointer, "too_few", "must provide at least 1 item");
    return [];
  }
  if (list.length > most) report(pointer, "too_many", `no more than ${most} items allowed`);
  return list;
}

function checkButton(button: unknown, pointer: string, report: Report): void {
  if (!isThing(button) || button["type"] !== "button") {
    report(`${pointer}/type`, "not_allowed", "unsupported type: only button is known here");
    return;
  }
  checkText(button["text"], { most: limits.buttonText, plain: true }, `${pointer}/text`, report);
  checkLength(button["action_id"], limits.id, `${pointer}/action_id`, report);
  checkLength(button["value"], limits.buttonValue, `${pointer}/value`, report);
  checkLength(button["url"], limits.buttonUrl, `${pointer}/url`, report);
  const spoken = `${pointer}/accessibility_label`;
  checkLength(button["accessibility_label"], limits.accessibilityLabel, spoken, report);
  const style = button["style"];
  if (style !== undefined && style !== "primary" && style !== "danger") {
    report(`${pointer}/style`, "not_allowed", "must be primary or danger");
  }
}

/** A field that offers channels, with the question that the client asks before it counts. */
function checkSelect(select: Thing, pointer: string, report: Report): void {
  const most = limits.selectPlaceholder;
  checkText(select["placeholder"], { most, plain: true }, `${pointer}/placeholder`, report);
  checkLength(select["action_id"], limits.id, `${pointer}/action_id`, report);
  const confirm = isThing(select["confirm"]) ? select["confirm"] : {};
  const parts = { title: limits.confirmTitle, text: limits.confirmText } as const;
  const buttons = { confirm: limits.confirmButton, deny: limits.confirmButton } as const;
  for (const [name, most] of Object.entries({ ...parts, ...buttons })) {
    checkText(confirm[name], { most, plain: true }, `${pointer}/confirm/${name}`, report);
  }
}

function checkUnique(
  names: readonly unknown[],
  pointer: string,
  name: string,
  report: Report,
): void {
  const given = names.filter((one) => one !== undefined);
  if (new Set(given).size < given.length) report(pointer, "not_unique", `${name} must be unique`);
}

function checkInput(block: Thing, pointer: string, report: Report): void {
  checkText(block["label"], { most: limits.label, plain: true }, `${pointer}/label`, report);
  if (block["hint"] !== undefined) {
    checkText(block["hint"], { most: limits.label, plain: true }, `${pointer}/hint`, report);
  }
  const element = block["element"];
  if (!isThing(element) || element["type"] !== "plain_text_input") {
    report(
      `${pointer}/element`,
      "not_allowed",
      "unsupported type: only plain_text_input is known here",
    );
    return;
  }
  checkLength(element["action_id"], limits.id, `${pointer}/element/action_id`, report);
  for (const name of ["min_length", "max_length"]) {
    const length = element[name];
    if (length === undefined) continue;
    if (typeof length !== "number" || length < 0 || length > limits.inputLength) {
      report(`${pointer}/element/${name}`, "too_long", `must be at most ${limits.inputLength}`);
    }
  }
}

const blockChecks: Readonly<Record<string, (block: Thing, at: string, report: Report) => void>> = {
  header: (block, at, report) =>
    checkText(block["text"], { most: limits.header, plain: true }, `${at}/text`, report),
  section: (block, at, report) => {
    const { text, fields, accessory } = block;
    if (text === undefined && fields === undefined) {
      report(at, "required", "missing required field: text or fields");
    }
    if (text !== undefined) checkText(text, { most: limits.sectionText }, `${at}/text`, report);
    if (isThing(accessory) && accessory["type"] === "conversations_select") {
      checkSelect(accessory, `${at}/accessory`, report);
    } else if (accessory !== undefined) checkButton(accessory, `${at}/accessory`, report);
    if (fields === undefined) return;
    for (const [index, field] of checkCount(
      fields,
      limits.sectionFields,
      `${at}/fields`,
      report,
    ).entries()) {
      checkText(field, { most: limits.fieldText }, `${at}/fields/${index}`, report);
    }
  },
  context: (block, at, report) => {
    const elements = checkCount(
      block["elements"],
      limits.contextElements,
      `${at}/elements`,
      report,
    );
    for (const [index, element] of elements.entries()) {
      checkText(element, { most: limits.text }, `${at}/elements/${index}`, report);
    }
  },
  actions: (block, at, report) => {
    const elements = checkCount(block["elements"], limits.actionElements, `${at}/elements`, report);
    for (const [index, element] of elements.entries()) {
      checkButton(element, `${at}/elements/${index}`, report);
    }
    const ids = elements.map((element) => (isThing(element) ? element["action_id"] : undefined));
    checkUnique(ids, `${at}/elements`, "action_id", report);
  },
  divider: () => {},
};

function checkBlocks(
  blocks: unknown,
  rule: { readonly most: number; readonly input: boolean },
  report: Report,
): void {
  const list = checkCount(blocks, rule.most, "/blocks", report);
  for (const [index, block] of list.entries()) {
    const at = `/blocks/${index}`;
    const type = isThing(block) ? String(block["type"]) : "none";
    const check = type === "input" && rule.input ? checkInput : blockChecks[type];
    if (!isThing(block) || !check) {
      report(`${at}/type`, "not_allowed", `unsupported type: ${type}`);
      continue;
    }
    checkLength(block["block_id"], limits.id, `${at}/block_id`, report);
    check(block, at, report);
  }
  const ids = list.map((block) => (isThing(block) ? block["block_id"] : undefined));
  checkUnique(ids, "/blocks", "block_id", report);
}

function collect(check: (report: Report) => void): readonly BlockError[] {
  const errors: BlockError[] = [];
  check((pointer, code, message) => errors.push({ pointer, code, message }));
  return errors;
}

/**
 * List what Slack would refuse in the blocks of a message. Empty when it would take them.
 *
 * It knows the blocks and elements that cards are built of; any other counts as refused. The length of all blocks
 * together has an error of its own at Slack, so it is not looked at here.
 */
export function validateBlocks(blocks: unknown): readonly BlockError[] {
  return collect((report) =>
    checkBlocks(blocks, { most: limits.messageBlocks, input: false }, report),
  );
}

/** List what Slack would refuse in a dialog. */
export function validateView(view: unknown): readonly BlockError[] {
  return collect((report) => {
    if (!isThing(view) || view["type"] !== "modal") {
      report("/view/type", "not_allowed", "must be modal");
      return;
    }
    if (Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes) {
      report("/view", "too_long", `must be at most ${limits.viewBytes} bytes`);
    }
    const inView: Report = (pointer, code, message) => report(`/view${pointer}`, code, message);
    checkText(view["title"], { most: limits.viewTitle, plain: true }, "/title", inView);
    for (const name of ["submit", "close"]) {
      if (view[name] === undefined) continue;
      checkText(view[name], { most: limits.viewTitle, plain: true }, `/${name}`, inView);
    }
    checkLength(view["private_metadata"], limits.privateMetadata, "/private_metadata", inView);
    checkLength(view["callback_id"], limits.id, "/callback_id", inView);
    checkBlocks(view["blocks"], { most: limits.viewBlocks, input: true }, inView);
    const { blocks } = view;
    const asks =
      Array.isArray(blocks) && blocks.some((one) => isThing(one) && one["type"] === "input");
    if (asks && view["submit"] === undefined) {
      inView("/submit", "required", "missing required field: submit");
    }
  });
}
