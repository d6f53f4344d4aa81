/** Sends of one bot to one conversation, as Teams counts them (PLATFORMS 2.9). */
const windows = [
  { count: 7, ms: 1_000 },
  { count: 60, ms: 30_000 },
] as const;

/** Counts the sends of each conversation. */
export interface Throttle {
  /** Count one send, or answer how many milliseconds the sender must wait. */
  admit(conversation: string): number | undefined;
}

/** Make a throttle. A refused call is not counted, nor one of a time to come: the clock was set back since. */
export function createThrottle(clock: () => Date): Throttle {
  const sent = new Map<string, number[]>();
  return {
    admit: (conversation) => {
      const now = clock().getTime();
      const longest = Math.max(...windows.map(({ ms }) => ms));
      const times = (sent.get(conversation) ?? []).filter((at) => at <= now && now - at < longest);
      sent.set(conversation, times);
      for (const { count, ms } of windows) {
        const inside = times.filter((at) => now - at < ms);
        const first = inside.at(-count);
        if (first !== undefined) return first + ms - now;
      }
      times.push(now);
      return undefined;
    },
  };
}
