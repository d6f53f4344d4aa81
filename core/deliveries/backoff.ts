const firstPauseMs = 1_000;
const longestPauseMs = 15 * 60_000;
/** A delivery that could not be brought in this time is dead (FEATURES E1). */
export const patienceMs = 24 * 3_600_000;

/** How long to wait after this many attempts: doubling from a second to 15 minutes, give or take 20 %. */
export function pauseMs(attempts: number, fraction: number): number {
  const pause = Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 20), longestPauseMs);
  return Math.round(pause * (0.8 + 0.4 * fraction));
}
