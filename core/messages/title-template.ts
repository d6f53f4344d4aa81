import { Liquid, type LiquidOptions } from "liquidjs";
import type { Event } from "../domain/event.ts";

/**
 * Texts that admins write run on our event loop, so they get no files, no prototypes, and little room: 100 kB of
 * template, 50 ms, 1 MB (LIBRARIES §5 has the attacks that these limits stopped).
 */
const limits: LiquidOptions = {
  templates: {},
  ownPropertyOnly: true,
  lenientIf: true,
  timezoneOffset: 0,
  parseLimit: 100_000,
  renderLimit: 50,
  memoryLimit: 1_000_000,
};

// "Deploy" of nothing in particular says less than the event's own type and subject.
const strict = new Liquid({ ...limits, strictVariables: true });
const lenient = new Liquid(limits);

/** Fill an event type's title. Answers undefined when the template fails, names what the event lacks, or says nothing. */
export const renderTitle = (template: string, event: Event) => render(strict, template, event);

/** Fill a line; what the event lacks is left out. Answers undefined when the template fails or says nothing. */
export const fillText = (template: string, event: Event) => render(lenient, template, event);

function render(engine: Liquid, template: string, event: Event): string | undefined {
  try {
    const text: unknown = engine.parseAndRenderSync(template, {
      type: event.type,
      subject: event.subject,
      source: event.source,
      level: event.level,
      data: event.data,
    });
    const line = String(text).replace(/\s+/gu, " ").trim();
    return line === "" ? undefined : line;
  } catch {
    return undefined;
  }
}
