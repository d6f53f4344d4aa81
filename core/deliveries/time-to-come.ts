/** As much as the clocks of two processes may part. */
const mostPartedMs = 5_000;

/**
 * Tell whether a time that was noted lies in a time to come, so that it was noted before the clock was set back. Another
 * process may have noted it, whose clock goes a little ahead.
 */
export const isToCome = (noted: number, now: number): boolean => noted > now + mostPartedMs;
