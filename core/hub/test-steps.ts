import { type Destination, isChannel } from "../domain/destination.ts";
import { destinationKinds } from "../domain/destination-kinds.ts";
import { codeOf } from "../domain/send-result.ts";
import { troubleOf } from "../messages/platform-troubles.ts";
import type { Trouble } from "../messages/troubles/trouble.ts";
import { languageNow, say } from "../words/say.ts";
import type { HelloOutcome } from "./say-hello.ts";
import { nameOfDraft } from "./try-draft.ts";

/** One step of a test. A test stops at the first that failed; what is behind it was not tried. */
export interface TestStep {
  readonly step: string;
  readonly state: "done" | "failed" | "waiting" | "not_tried";
  readonly detail: string;
}

/** What a test found, for people. */
export interface TestFound {
  readonly outcome: "passed" | "failed" | "waiting";
  readonly steps: readonly TestStep[];
  /** What went wrong and who does what about it; absent where it passed. */
  readonly trouble?: Trouble & { readonly code: string };
}

/** Codes by the step at which they come up. What is in none of them was said by the receiver. */
const early: Readonly<Record<string, readonly string[]>> = {
  values: ["url_missing", "url_malformed", "url_not_https", "url_wrong_kind", "url_retired"],
  address: ["url_port", "address_private", "address_loopback", "address_link_local"],
  message: ["json_invalid", "placeholder_missing", "template_invalid", "too_large", "header_bad"],
  reach: ["unreachable", "timed_out", "connection_lost", "redirected", "cut_off"],
};

/** Say what a test did, step by step. */
export function testFound(destination: Destination, hello: HelloOutcome): TestFound {
  const { delivery, attempt } = hello;
  const passed = delivery?.state === "delivered";
  const because =
    (delivery && "cause" in delivery ? delivery.cause : undefined) ?? attempt?.because;
  const code = because === undefined ? undefined : codeOf(because);
  const waits = !passed && (isChannel(destination) ? isOnItsWay(hello) : attempt === undefined);
  const outcome = passed ? "passed" : waits ? "waiting" : "failed";
  const steps = isChannel(destination)
    ? channelSteps(destination, hello, outcome, because)
    : hookSteps(destination, hello, outcome, because, code);
  if (outcome !== "failed" || because === undefined || code === undefined)
    return { outcome, steps };
  const trouble = troubleOf(destination.kind, because, nameOfDraft(destination), languageNow());
  return { outcome, steps, trouble: { ...trouble, code } };
}

const isOnItsWay = ({ delivery }: HelloOutcome) =>
  !delivery || delivery.state === "pending" || delivery.state === "sending";

function channelSteps(
  destination: Destination,
  { delivery, attempt, event }: HelloOutcome,
  outcome: TestFound["outcome"],
  because: string | undefined,
): readonly TestStep[] {
  return [
    { step: say`store the hello`, state: "done", detail: event },
    delivery
      ? { step: say`queue the delivery`, state: "done", detail: delivery.id }
      : { step: say`queue the delivery`, state: "waiting", detail: say`not queued yet` },
    {
      step: say`post to ${nameOfDraft(destination)}`,
      state: outcome === "passed" ? "done" : outcome,
      detail:
        outcome === "passed" ? `${attempt?.durationMs ?? 0} ms` : (because ?? say`no try yet`),
    },
  ];
}

function hookSteps(
  { kind, ...destination }: Destination,
  { attempt }: HelloOutcome,
  outcome: TestFound["outcome"],
  because: string | undefined,
  code: string | undefined,
): readonly TestStep[] {
  const shown = "shown" in destination ? (destination.shown["address"] ?? say`the address`) : "";
  const took = `${attempt?.durationMs ?? 0} ms`;
  const status = attempt?.status === undefined ? "" : `HTTP ${attempt.status}, `;
  const plan: readonly (readonly [at: string, step: string, detail: string])[] = [
    ["values", say`the values are complete`, say`every field says what it should`],
    [
      "message",
      say`the message is ready`,
      kind === "webhook" ? say`its body is JSON` : say`drawn as a card`,
    ],
    ["address", say`the address may be called`, shown],
    ["reach", say`${shown} answers`, took],
    [
      "said",
      say`${kind === "webhook" ? say`The receiver` : destinationKinds[kind].platform} takes the message`,
      `${status}${took}`,
    ],
  ];
  const failedAt =
    code === undefined
      ? "said"
      : (Object.keys(early).find((at) => early[at]?.includes(code)) ?? "said");
  const stop = outcome === "passed" ? plan.length : plan.findIndex(([at]) => at === failedAt);
  return plan.map(([, step, detail], index): TestStep => {
    if (index < stop) return { step, state: "done", detail };
    if (index > stop) return { step, state: "not_tried", detail: say`not tried` };
    return outcome === "failed"
      ? { step, state: "failed", detail: because ?? say`no reason was given` }
      : { step, state: "waiting", detail: say`no answer yet` };
  });
}
