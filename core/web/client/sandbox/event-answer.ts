import { el, icon } from "./dom.ts";
import type { Loose } from "./shapes.ts";

/** What the hub answered to a posted event. */
export interface Sent {
  readonly status: number;
  readonly body: Loose;
}

/** Draw the answer: what became of the event, and all of it. */
export function drawAnswer({ status, body }: Sent): readonly HTMLElement[] {
  const isTaken = status < 300;
  const words = isTaken ? takenWords(body) : String(body["detail"] ?? body["title"] ?? "Refused.");
  return [
    el(
      "p",
      { class: `answer-line ${isTaken ? "answer-ok" : "answer-bad"}` },
      icon(isTaken ? "check" : "cross"),
      el("b", {}, String(status)),
      words,
    ),
    el(
      "details",
      {},
      el("summary", {}, "The whole answer"),
      el("pre", { class: "event-curl", tabindex: "0" }, JSON.stringify(body, null, 2)),
    ),
  ];
}

function takenWords(body: Loose): string {
  if (body["status"] === "duplicate")
    return "The same event was there already: nothing happens twice.";
  const matched = (body["matched"] ?? []) as readonly {
    readonly name: string;
    readonly destinations: readonly string[];
  }[];
  if (matched.length === 0) return "Accepted. No rule takes this type, so it goes to the fallback.";
  const [rule] = matched;
  const places = matched.flatMap(({ destinations }) => destinations);
  const joined = (body["approval"] as { readonly state?: string } | undefined)
    ? " and asks for an approval"
    : "";
  return `Accepted: rule ${rule?.name} sends it to ${places.join(", ")}${joined}.`;
}
