import type { Outcome } from "../domain/approval.ts";
import type { Effect } from "../domain/effect.ts";
import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import { type JsonObject, valueAt } from "../domain/json.ts";
import { readContent } from "../messages/event-content.ts";
import { fillText } from "../messages/liquid-text.ts";

/** What an event of a type does to the request that it names; undefined where it does nothing, or names none. */
export function effectOf(
  type: Pick<EventType, "approval" | "texts" | "attributes">,
  event: Event,
): Effect | undefined {
  const behaviour = type.approval;
  if (event.subject === undefined) return undefined;
  const said = (template: string | undefined) =>
    template === undefined ? undefined : fillText(template, event);
  switch (behaviour.kind) {
    case "closes": {
      const { state, mayFollowApproval } = behaviour;
      const by = said(behaviour.by);
      const reason = said(behaviour.reason);
      return {
        kind: "closes",
        state: typeof state === "string" ? state : { action: actionAt(event.data, state.action) },
        ...(by === undefined ? {} : { by }),
        ...(reason === undefined ? {} : { reason }),
        ...(mayFollowApproval ? { mayFollowApproval } : {}),
      };
    }
    case "outcome":
      return reportOf(type, behaviour.outcome, event, said(behaviour.detail));
    case "reply":
      return { kind: "reply" };
    case "marks": {
      const says = said(behaviour.says);
      return says === undefined ? undefined : { kind: "marks", says };
    }
    case "opens":
    case "may":
    case "no":
      return undefined;
  }
}

function reportOf(
  type: Pick<EventType, "texts" | "attributes">,
  outcome: Outcome["kind"],
  event: Event,
  detail: string | undefined,
): Effect {
  const { facts } = readContent(event, type).content;
  const fields = outcomeFields(event.data);
  return {
    ...{ kind: "outcome", outcome },
    ...(detail === undefined ? {} : { detail }),
    ...(facts.length === 0 ? {} : { facts: facts.map(({ label, value }) => ({ label, value })) }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  };
}

/** So much of what a producer reports is kept on its request; the event itself keeps the whole. */
const mostFields = 20;
const mostLetters = 1_000;

/** Plain values of a report: texts of a sensible length, numbers, yes and no, and short lists of these. */
function outcomeFields(data: JsonObject): JsonObject {
  const isPlain = (value: unknown) =>
    (typeof value === "string" && value.length <= mostLetters) ||
    typeof value === "number" ||
    typeof value === "boolean";
  const kept = Object.entries(data).filter(
    ([, value]) =>
      isPlain(value) ||
      (Array.isArray(value) && value.length <= mostFields && value.every(isPlain)),
  );
  return Object.fromEntries(kept.slice(0, mostFields));
}

function actionAt(data: JsonObject, pointer: string): string {
  const value = valueAt(data, pointer);
  return typeof value === "string" ? value : "";
}
