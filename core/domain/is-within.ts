/** Tell whether something was so short a while ago. A clock that was set back since tells nothing. */
export const isWithin = (ms: number, at: number | undefined, now: number): boolean =>
  at !== undefined && now >= at && now - at < ms;
