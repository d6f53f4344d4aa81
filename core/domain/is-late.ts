/**
 * News that is so old was told again or held up, and what has happened since may have been told before it. Slack tells
 * again what nobody took: after a minute, after five, and where an app asks for it every hour of a day.
 */
const lateMs = 10_000;

/** Tell whether news comes so late that its opposite may have overtaken it. */
export const isLate = ({ at }: { readonly at: Date }, now: Date): boolean =>
  now.getTime() - at.getTime() >= lateMs;
