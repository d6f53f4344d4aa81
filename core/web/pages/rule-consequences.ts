import type { ComparedEvent, Comparison } from "../../hub/rule-comparison.ts";
import type { IconName } from "./icons.tsx";

/** What saving a draft would do, in words: how many move, then each consequence that somebody may not want. */
export interface Consequences {
  readonly tone: "ok" | "warn" | "mute" | "live";
  readonly icon: IconName;
  readonly headline: string;
  readonly details: readonly string[];
}

interface Draft {
  readonly comparison: Comparison;
  readonly rule?: string | undefined;
  readonly fallback?: string | undefined;
}

/** Say what a draft does with the events that came. */
export function consequencesOf({ comparison, rule, fallback }: Draft): Consequences {
  const { events, taken } = comparison;
  const moved = events.filter((one) => one.moved);
  const hints = rule === undefined ? [] : sayReach(comparison, rule, taken);
  if (moved.length === 0) {
    const shadowed = hints.length > 0;
    return {
      tone: shadowed ? "warn" : "ok",
      icon: "check",
      headline: `None of ${countOf(events.length)} would move.`,
      details: hints,
    };
  }
  const count = `${moved.length} of ${events.length} would move`;
  const weaker = moved.filter((one) => one.weaker !== undefined);
  const lost = moved.filter(({ now, would }) => would.unrouted && !now.unrouted);
  const worst =
    weaker.length > 0
      ? `, and a weaker policy would decide ${weaker.length === moved.length ? "them" : weaker.length}.`
      : lost.length > 0
        ? `, and ${lost.length === moved.length ? "no rule would take them" : `no rule would take ${lost.length}`}.`
        : ".";
  return {
    tone: weaker.length + lost.length > 0 ? "warn" : "live",
    icon: "arrowRight",
    headline: count + worst,
    details: [...sayWeaker(weaker), ...sayUnrouted(lost.length, fallback), ...hints],
  };
}

const countOf = (events: number) => (events === 1 ? "the one event" : `the ${events}`);

function sayWeaker(weaker: readonly ComparedEvent[]): readonly string[] {
  const reasons = [...new Set(weaker.flatMap(({ weaker: reason }) => reason ?? []))];
  return reasons.map((reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`);
}

function sayUnrouted(lost: number, fallback: string | undefined): readonly string[] {
  if (lost === 0) return [];
  const them = lost === 1 ? "One" : `${lost}`;
  return [
    fallback === undefined
      ? `${them} would become unrouted, and there is no fallback: nobody would see it.`
      : `${them} would become unrouted and go to the fallback ${fallback}.`,
  ];
}

function sayReach(
  { shadowedBy, events }: Comparison,
  rule: string,
  taken: number,
): readonly string[] {
  if (taken > 0) return [];
  if (shadowedBy) {
    const all = shadowedBy.events === events.length ? "all" : shadowedBy.events;
    return [
      `“${rule}” takes none of them: “${shadowedBy.rule}” stands before it, takes ${all} and ends the walk. Move it up, or let that rule continue.`,
    ];
  }
  return [`“${rule}” takes none of them: its conditions hold for none.`];
}
