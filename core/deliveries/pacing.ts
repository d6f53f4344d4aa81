import type { Pace } from "../ports/chat-platform.ts";

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
