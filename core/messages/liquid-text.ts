import { Drop, Liquid, type LiquidOptions, type Template } from "liquidjs";
import type { Event } from "../domain/event.ts";
import type { Json, JsonObject } from "../domain/json.ts";

/** What the event lacks. It counts as nothing in conditions, and shows as a mark where it is put out. */
class Missing extends Drop {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  override valueOf(): undefined {
    return undefined;
  }
  override toString(): string {
    return `⟨${this.#name.replace(/^data\./, "")}?⟩`;
  }
  override liquidMethodMissing(key: string | number): Missing {
    return new Missing(`${this.#name}.${key}`);
  }
}

/** An object of the event, whose absent members say their names. */
class Fields extends Drop {
  readonly #fields: JsonObject;
  readonly #name: string;
  constructor(fields: JsonObject, name: string) {
    super();
    this.#fields = fields;
    this.#name = name;
  }
  override valueOf(): unknown {
    return this.#fields;
  }
  override toString(): string {
    return JSON.stringify(this.#fields);
  }
  override liquidMethodMissing(key: string | number): unknown {
    const name = `${this.#name}.${key}`;
    const member = Object.hasOwn(this.#fields, key) ? this.#fields[String(key)] : undefined;
    return member === undefined || member === null ? new Missing(name) : readable(member, name);
  }
}

function readable(value: Json, name: string): unknown {
  if (Array.isArray(value))
    return value.map((item: Json, index) => readable(item, `${name}[${index}]`));
  return typeof value === "object" && value !== null
    ? new Fields(value as JsonObject, name)
    : value;
}

const sayValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sayValue).join(", ");
  return value instanceof Drop ? value.toString() : value;
};

/** Time that all texts of one message have together, in milliseconds. */
const renderMs = 50;

/**
 * Texts that people write run on our event loop, so they get no files, no prototypes, and little room: 100 kB of
 * template, 50 ms, 1 MB (LIBRARIES §5 has the attacks that these limits stopped).
 */
const limits: LiquidOptions = {
  templates: {},
  ownPropertyOnly: true,
  lenientIf: true,
  timezoneOffset: 0,
  parseLimit: 100_000,
  renderLimit: renderMs,
  memoryLimit: 1_000_000,
  outputEscape: (value) => sayValue(value) as string,
};

const engine = new Liquid(limits);
/** For saving: a filter that nobody knows is a mistake. */
const strict = new Liquid({ ...limits, strictFilters: true });

/** Compiled texts, the latest used last. There are a few for each event type and rule. */
const compiled = new Map<string, Template[]>();
const mostCompiled = 1_000;

/** What every object has by nature is no field of an event. */
const byNature =
  /[.[]\s*['"]?(?:constructor|__proto__|prototype|toString|valueOf|toJSON|liquidMethodMissing)\b/u;

function compile(text: string): Template[] {
  if (byNature.test(text)) throw new SyntaxError("This asks for no field of an event.");
  const known = compiled.get(text);
  const template = known ?? engine.parse(text);
  compiled.delete(text);
  compiled.set(text, template);
  const [oldest] = compiled.keys();
  if (compiled.size > mostCompiled && oldest !== undefined) compiled.delete(oldest);
  return template;
}

/** What went wrong with a text: it took too long or too much, or it cannot be read. */
export type TextTrouble = "template timed out" | "template failed";

/** A field that a text asks for and the event lacks. */
export interface MissingField {
  /** As its mark has it: `amount` for `data.amount`. */
  readonly field: string;
  /** The text that asks for it, as a path below the texts: `title`, `facts/1/value`. */
  readonly place: string;
}

/** Fills the texts of one message. `place` is where a text stands among them. */
export interface TextFiller {
  /** Fill a text. Undefined when nothing but marks is left of it, or when it fails. */
  fill(text: string, place: string): string | undefined;
  /** The same; what is left of it may be a mark alone. */
  fillWhole(text: string, place: string): string | undefined;
  readonly trouble: () => TextTrouble | undefined;
  /** What texts asked for and the event lacks, each field once a place. */
  readonly missing: () => readonly MissingField[];
}

const mark = /⟨[^⟩]*\?⟩/gu;

/**
 * Make what fills texts from an event. All of them together have 50 ms; the first that fails ends it for all. Whatever
 * runs out of time has as much once more: a pause of the whole process is no fault of a text.
 */
export function textFiller(event: Event): TextFiller {
  let begun = performance.now();
  let mayRepeat = true;
  const missing = new Map<string, MissingField>();
  let trouble: TextTrouble | undefined;
  const or = (value: string | undefined, name: string) => value ?? new Missing(name);
  const scope = {
    type: event.type,
    subject: or(event.subject, "subject"),
    source: event.source,
    level: event.level,
    link: or(event.link, "link"),
    data: new Fields(event.data, "data"),
  };
  const fillWhole = (text: string, place: string): string | undefined => {
    if (trouble) return undefined;
    const left = Math.max(1, renderMs - (performance.now() - begun));
    try {
      const filled = String(engine.renderSync(compile(text), scope, { renderLimit: left }));
      for (const [found] of filled.matchAll(mark)) {
        const field = found.slice(1, -2);
        missing.set(`${place} ${field}`, { field, place });
      }
      return filled.trim() === "" ? undefined : filled.trim();
    } catch (error) {
      if (mayRepeat && /render limit exceeded/u.test(String(error))) {
        mayRepeat = false;
        begun = performance.now();
        return fillWhole(text, place);
      }
      trouble = /limit exceeded/u.test(String(error)) ? "template timed out" : "template failed";
      return undefined;
    }
  };
  return {
    fillWhole,
    fill: (text, place) => {
      const filled = fillWhole(text, place);
      return filled?.replace(mark, "").trim() === "" ? undefined : filled;
    },
    trouble: () => trouble,
    missing: () => [...missing.values()],
  };
}

/** Fill one line; what the event lacks is left out. Undefined when the text fails or says nothing. */
export function fillText(text: string, event: Event): string | undefined {
  const line = textFiller(event).fill(text, "")?.replace(mark, "").replace(/\s+/gu, " ").trim();
  return line === "" ? undefined : line;
}

/** Say what is wrong with a text that somebody wants to save: where, and what was expected. Undefined when it can be read. */
export function textMistake(text: string): string | undefined {
  try {
    strict.parse(text);
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split("\n", 1)[0];
  }
}
