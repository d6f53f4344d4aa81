import type { Effect } from "../domain/effect.ts";
import type { Event } from "../domain/event.ts";
import type { ApprovalBehaviour } from "../domain/event-type.ts";
import { type JsonObject, valueAt } from "../domain/json.ts";
import { fillText } from "../messages/liquid-text.ts";

/** What an event of a type does to the request that it names; undefined where it does nothing, or names none. */
export function effectOf(behaviour: ApprovalBehaviour, event: Event): Effect | undefined {
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
    case "outcome": {
      const detail = said(behaviour.detail);
      const { outcome } = behaviour;
      return { kind: "outcome", outcome, ...(detail === undefined ? {} : { detail }) };
    }
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

function actionAt(data: JsonObject, pointer: string): string {
  const value = valueAt(data, pointer);
  return typeof value === "string" ? value : "";
}
