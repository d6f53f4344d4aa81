import { expect, it } from "vitest";
import type { Plan } from "../../../core/domain/event.ts";
import { runsOf } from "../../../core/ingest/batch-runs.ts";
import { defaultPolicy } from "../../../core/ingest/planning-table.ts";
import { event } from "../domain/samples.ts";

const plain: Plan = { ruleSetVersion: 1, matched: [], destinations: [], unrouted: false };
const plans = {
  opens: { ...plain, policy: defaultPolicy },
  closes: { ...plain, effect: { kind: "closes", state: "rejected" } },
  outcome: { ...plain, effect: { kind: "outcome", outcome: "fulfilled" } },
  reply: { ...plain, effect: { kind: "reply" } },
  tells: plain,
} as const satisfies Readonly<Record<string, Plan>>;

/** The runs of a batch of `what subject`, each as its words. */
const runs = (...batch: readonly `${keyof typeof plans} ${string}`[]) => {
  const candidates = batch.map((words) => {
    const [what = "", subject = "", source = "ci"] = words.split(" ");
    return { event: { ...event, subject, source }, plan: plans[what as keyof typeof plans] };
  });
  return runsOf(candidates).map((run) => run.map((index) => batch[index]).join(", "));
};

it("a batch is one run while no request is asked for behind the end of the one before", () => {
  expect(runs()).toEqual([""]);
  expect(runs("opens a", "closes a", "tells a", "reply a")).toHaveLength(1);
  expect(runs("reply a", "opens a")).toHaveLength(1);
  expect(runs("closes a", "opens b")).toHaveLength(1);
});

it("what is asked for behind an end or a report, of the same subject, begins another run", () => {
  expect(runs("opens a", "closes a", "opens a", "closes a", "opens a")).toEqual([
    "opens a, closes a",
    "opens a, closes a",
    "opens a",
  ]);
  expect(runs("closes a", "opens a other")).toHaveLength(2);
  expect(runs("outcome a", "opens b", "opens a", "reply a")).toEqual([
    "outcome a, opens b",
    "opens a, reply a",
  ]);
});
