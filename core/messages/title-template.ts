import { Liquid } from "liquidjs";
import type { Event } from "../domain/event.ts";

/**
 * Texts that admins write run on our event loop, so they get no files, no prototypes, and little room: 100 kB of
 * template, 50 ms, 1 MB (LIBRARIES §5 has the attacks that these limits stopped).
 */
const engine = new Liquid({
  templates: {},
  ownPropertyOnly: true,
  // "Deploy" of nothing in particular says less than the event's own type and subject.
  strictVariables: true,
  parseLimit: 100_000,
  renderLimit: 50,
  memoryLimit: 1_000_000,
});

/** Fill an event type's title. Answers undefined when the template fails, names what the event lacks, or says nothing. */
export function renderTitle(template: string, event: Event): string | undefined {
  try {
    const text: unknown = engine.parseAndRenderSync(template, {
      type: event.type,
      subject: event.subject,
      data: event.data,
    });
    const line = String(text).replace(/\s+/gu, " ").trim();
    return line === "" ? undefined : line;
  } catch {
    return undefined;
  }
}
