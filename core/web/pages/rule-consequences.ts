import type { ComparedEvent, Comparison } from "../../hub/rule-comparison.ts";
import { say } from "../../words/say.ts";
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
      headline:
        events.length === 1
          ? say`None of the one event would move.`
          : say`None of the ${events.length} would move.`,
      details: hints,
    };
  }
  const weaker = moved.filter((one) => one.weaker !== undefined);
  const lost = moved.filter(({ now, would }) => would.unrouted && !now.unrouted);
  return {
    tone: weaker.length + lost.length > 0 ? "warn" : "live",
    icon: "arrowRight",
    headline: sayMoved(moved.length, events.length, weaker.length, lost.length),
    details: [...sayWeaker(weaker), ...sayUnrouted(lost.length, fallback), ...hints],
  };
}

function sayMoved(moved: number, all: number, weaker: number, lost: number): string {
  if (weaker > 0) {
    return weaker === moved
      ? say`${moved} of ${all} would move, and a weaker policy would decide them.`
      : say`${moved} of ${all} would move, and a weaker policy would decide ${weaker}.`;
  }
  if (lost === 0) return say`${moved} of ${all} would move.`;
  return lost === moved
    ? say`${moved} of ${all} would move, and no rule would take them.`
    : say`${moved} of ${all} would move, and no rule would take ${lost}.`;
}

function sayWeaker(weaker: readonly ComparedEvent[]): readonly string[] {
  const reasons = [...new Set(weaker.flatMap(({ weaker: reason }) => reason ?? []))];
  return reasons.map((reason) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`);
}

function sayUnrouted(lost: number, fallback: string | undefined): readonly string[] {
  if (lost === 0) return [];
  if (fallback === undefined) {
    return [
      lost === 1
        ? say`One would become unrouted, and there is no fallback: nobody would see it.`
        : say`${lost} would become unrouted, and there is no fallback: nobody would see it.`,
    ];
  }
  return [
    lost === 1
      ? say`One would become unrouted and go to the fallback ${fallback}.`
      : say`${lost} would become unrouted and go to the fallback ${fallback}.`,
  ];
}

function sayReach(
  { shadowedBy, events }: Comparison,
  rule: string,
  taken: number,
): readonly string[] {
  if (taken > 0) return [];
  if (shadowedBy) {
    const { rule: other, events: taken } = shadowedBy;
    return [
      taken === events.length
        ? say`“${rule}” takes none of them: “${other}” stands before it, takes all and ends the walk. Move it up, or let that rule continue.`
        : say`“${rule}” takes none of them: “${other}” stands before it, takes ${taken} and ends the walk. Move it up, or let that rule continue.`,
    ];
  }
  return [say`“${rule}” takes none of them: its conditions hold for none.`];
}
