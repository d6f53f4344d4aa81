import type { Pace } from "../ports/chat-platform.ts";
import type { LaneMemory } from "../ports/store.ts";

/** When the next post may leave, given the times of the latest ones. Zero: now. */
export function nextPostAt(paces: readonly Pace[], posts: readonly number[]): number {
  return Math.max(
    0,
    ...paces.map(({ count, ms }) => {
      const nth = posts.at(-count);
      return nth === undefined ? 0 : nth + ms;
    }),
  );
}

/** Keep only as many times as the widest window counts. */
export function rememberPost(
  paces: readonly Pace[],
  posts: readonly number[],
  now: number,
): readonly number[] {
  const most = Math.max(0, ...paces.map(({ count }) => count));
  return most === 0 ? [] : [...posts, now].slice(-most);
}

/**
 * What a lane remembers, as it holds now. A post in a time to come was made before the clock was set back: it holds up
 * nothing any more, nor does a pause of that time.
 */
export function withoutTimesToCome(memory: LaneMemory, now: number): LaneMemory {
  const posts = memory.posts.filter((at) => at <= now);
  return posts.length === memory.posts.length ? memory : { ...memory, posts, pausedUntil: 0 };
}
