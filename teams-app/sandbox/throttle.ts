/** Sends of one bot to one conversation, as Teams counts them (PLATFORMS 2.9). */
const windows = [
  { count: 7, ms: 1_000 },
  { count: 60, ms: 30_000 },
] as const;

/** Counts the sends of each conversation. */
export interface Throttle {
  /** Count one send, or answer how many milliseconds the sender must wait. */
  admit(conversation: string, now: number): number | undefined;
}

/** Make a throttle. A refused call is not counted. */
export function createThrottle(): Throttle {
  const sent = new Map<string, number[]>();
  return {
    admit: (conversation, now) => {
      const longest = Math.max(...windows.map(({ ms }) => ms));
      const times = (sent.get(conversation) ?? []).filter((at) => now - at < longest);
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
