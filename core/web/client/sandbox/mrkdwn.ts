// Slack's mrkdwn, read into pieces. Pure: no DOM, so that tests and the page use the same.

/** A piece of mrkdwn, ready to be drawn as text. */
export type MrkdwnPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code" | "fence"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly text: string }
  | { readonly kind: "mention"; readonly text: string }
  | { readonly kind: "break" }
  | {
      readonly kind: "bold" | "italic" | "strike" | "quote";
      readonly inside: readonly MrkdwnPiece[];
    };

/** What the reader of a message has to do with how it reads. */
export interface Reader {
  /** IANA name, `Europe/Paris`; none is the machine's own. */
  readonly timeZone?: string;
  readonly now: Date;
  /** Name of a person or a channel by its id. */
  readonly nameOf: (id: string) => string | undefined;
}

const marks = { "*": "bold", _: "italic", "~": "strike" } as const;
type Mark = keyof typeof marks;

const isMark = (sign: string): sign is Mark => sign in marks;
const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
const isBlank = (sign: string | undefined) => sign === undefined || /\s/u.test(sign);

/** Invisible, and no space: on both sides of a sign it keeps Slack from reading a format there. */
const joiner = "\u2060";
const isGuarded = (source: string, at: number) =>
  source[at - 1] === joiner && source[at + 1] === joiner;

/** Turn `&amp;`, `&lt;` and `&gt;` back into signs; Slack knows no other entities. */
const plainOf = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Read a text. Formats that are not closed stay as they were typed. */
export function parseMrkdwn(source: string, reader: Reader): readonly MrkdwnPiece[] {
  const pieces: MrkdwnPiece[] = [];
  let quoted: string[] = [];
  const endQuote = () => {
    if (quoted.length > 0)
      pieces.push({ kind: "quote", inside: parseLine(quoted.join("\n"), reader) });
    quoted = [];
  };
  for (const [index, part] of source.split(/```/u).entries()) {
    const isFence = index % 2 === 1;
    if (isFence) {
      endQuote();
      pieces.push({ kind: "fence", text: plainOf(part.replace(/^\n|\n$/gu, "")) });
      continue;
    }
    let plain: string[] = [];
    const endPlain = () => {
      if (plain.length > 0) pieces.push(...parseLine(plain.join("\n"), reader));
      plain = [];
    };
    for (const line of part.split("\n")) {
      const quote = /^&gt; ?(.*)$/u.exec(line)?.[1];
      if (quote === undefined) {
        endQuote();
        plain.push(line);
      } else {
        endPlain();
        quoted.push(quote);
      }
    }
    endPlain();
  }
  endQuote();
  return pieces;
}

function parseLine(source: string, reader: Reader): readonly MrkdwnPiece[] {
  const pieces: MrkdwnPiece[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") pieces.push({ kind: "text", text: plainOf(text) });
    text = "";
  };
  let at = 0;
  while (at < source.length) {
    const found = source[at] === "\n" ? lineBreak : readPiece(source, at, reader);
    if (found) {
      flush();
      pieces.push(found.piece);
      at += found.length;
    } else {
      text += source[at];
      at += 1;
    }
  }
  flush();
  return pieces;
}

interface Found {
  readonly piece: MrkdwnPiece;
  readonly length: number;
}

const lineBreak: Found = { piece: { kind: "break" }, length: 1 };

function readPiece(source: string, at: number, reader: Reader): Found | undefined {
  const sign = source[at] ?? "";
  if (sign === "<") return readAngle(source, at, reader);
  if (isGuarded(source, at)) return undefined;
  if (sign === "`") return readCode(source, at);
  return isMark(sign) ? readMarked(source, at, sign, reader) : undefined;
}

function readCode(source: string, at: number): Found | undefined {
  let end = source.indexOf("`", at + 1);
  while (end > 0 && isGuarded(source, end)) end = source.indexOf("`", end + 1);
  const text = source.slice(at + 1, end);
  if (end < 0 || text === "" || text.includes("\n")) return undefined;
  return { piece: { kind: "code", text: plainOf(text) }, length: text.length + 2 };
}

/** A format opens after a space or a sign, closes before one, and never spans a line. */
function readMarked(source: string, at: number, sign: Mark, reader: Reader): Found | undefined {
  if (isWord(source[at - 1]) || isBlank(source[at + 1])) return undefined;
  for (let end = at + 2; end < source.length && source[end] !== "\n"; end += 1) {
    if (
      source[end] !== sign ||
      isGuarded(source, end) ||
      isWord(source[end + 1]) ||
      isBlank(source[end - 1])
    )
      continue;
    const inside = parseLine(source.slice(at + 1, end), reader);
    return { piece: { kind: marks[sign], inside }, length: end - at + 1 };
  }
  return undefined;
}

/** `<url>`, `<url|text>`, `<@U…>`, `<#C…|name>`, `<!here>`, `<!date^…>`. */
function readAngle(source: string, at: number, reader: Reader): Found | undefined {
  const end = source.indexOf(">", at);
  if (end < 0) return undefined;
  const [target = "", ...rest] = source.slice(at + 1, end).split("|");
  const label = rest.length > 0 ? plainOf(rest.join("|")) : undefined;
  return { piece: angleOf(target, label, reader), length: end - at + 1 };
}

function angleOf(target: string, label: string | undefined, reader: Reader): MrkdwnPiece {
  if (target.startsWith("!date^")) return dateOf(target, label ?? "", reader);
  if (target.startsWith("@")) return mention("@", target, label, reader);
  if (target.startsWith("#")) return mention("#", target, label, reader);
  if (target.startsWith("!")) {
    return { kind: "mention", text: label ?? `@${target.slice(1).split("^")[0] ?? ""}` };
  }
  const url = plainOf(target);
  return isOpenable(url)
    ? { kind: "link", url, text: label ?? url }
    : { kind: "text", text: label ?? url };
}

const isOpenable = (url: string) => /^(https?:\/\/|mailto:)/iu.test(url) && URL.canParse(url);

function mention(
  sign: "@" | "#",
  target: string,
  label: string | undefined,
  { nameOf }: Reader,
): MrkdwnPiece {
  const id = target.slice(1);
  return { kind: "mention", text: `${sign}${(label ?? nameOf(id) ?? id).replace(/^[@#]/u, "")}` };
}

/** `!date^unix^format^link`, in the reader's zone; the fallback where the date is none. */
function dateOf(target: string, fallback: string, reader: Reader): MrkdwnPiece {
  const [, seconds, format, url] = target.split("^");
  const at = new Date(Number(seconds) * 1_000);
  const isDate = /^\d+$/u.test(seconds ?? "") && !Number.isNaN(at.getTime());
  const text = isDate && format ? plainOf(sayDate(at, format, reader)) : fallback;
  return url && isOpenable(url) ? { kind: "link", url, text } : { kind: "text", text };
}

const dateForms: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

function sayDate(at: Date, format: string, reader: Reader): string {
  return format.replace(/\{([a-z_]+)\}/gu, (whole, name: string) => {
    if (name === "date_num") return dayNumber(at, reader);
    const near = name.endsWith("_pretty") ? nearDay(at, reader) : undefined;
    if (near !== undefined) return near;
    const form = dateForms[name.replace(/_pretty$/u, "")];
    return form ? say(at, form, reader) : whole;
  });
}

const say = (at: Date, form: Intl.DateTimeFormatOptions, { timeZone }: Reader) =>
  new Intl.DateTimeFormat("en-GB", { ...form, ...(timeZone ? { timeZone } : {}) }).format(at);

const dayNumber = (at: Date, { timeZone }: Pick<Reader, "timeZone">) =>
  new Intl.DateTimeFormat("sv-SE", { ...(timeZone ? { timeZone } : {}) }).format(at);

function nearDay(at: Date, reader: Reader): string | undefined {
  const days = new Map(
    (["yesterday", "today", "tomorrow"] as const).map((word, index) => [
      dayNumber(new Date(reader.now.getTime() + (index - 1) * 86_400_000), reader),
      word,
    ]),
  );
  return days.get(dayNumber(at, reader));
}
