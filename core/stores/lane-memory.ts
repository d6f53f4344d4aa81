import type { LaneMemory } from "../ports/store.ts";

/** What is remembered of a lane that nobody has worked yet. */
export const freshMemory: LaneMemory = { sends: [], pausedUntil: 0 };

/** Read what the last holder of a lane left. What an earlier version did not note is as in a fresh one. */
export function readMemory(text: string): LaneMemory {
  return { ...freshMemory, ...(JSON.parse(text) as Partial<LaneMemory>) };
}
