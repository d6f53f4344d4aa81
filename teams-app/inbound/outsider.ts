import { TeamsInfo, type TurnContext } from "botbuilder";
import type { Clock } from "../../core/ports/clock.ts";
import type { Click } from "../../core/ports/inbox.ts";
import { profileOf } from "../workspace/people.ts";

/** Who pressed, as the inbox wants to know it. */
type Who = Pick<Click, "outsider" | "owner">;

/** Tells whether the person of this turn is a guest or of another tenant, and what Teams calls them. */
export type OutsiderCheck = (
  context: TurnContext,
  who: { readonly tenant: string; readonly user: string; readonly place: string },
) => Promise<Who>;

/** A guest who became a member waits no longer than this. */
const keptMs = 10 * 60_000;
/** A click is answered within 3 s, and its vote may take 1.5 s of them to store. */
const mostMs = 1_200;
const mostKept = 10_000;

/**
 * Ask Teams who somebody is in the place where they clicked, and remember it for ten minutes.
 *
 * Somebody of whom Teams does not tell counts as an outsider, and is asked about again at the next click.
 */
export function createOutsiderCheck(clock: Clock): OutsiderCheck {
  const known = new Map<string, { readonly who: Who; readonly until: number }>();
  return async (context, { tenant, user, place }) => {
    const key = [tenant, place, user].join(" ");
    const now = clock.now().getTime();
    const kept = known.get(key);
    if (kept && kept.until > now) return kept.who;
    try {
      // By the id that this bot knows the person under: not every connector finds people by that of the directory.
      const member = await inTime(TeamsInfo.getMember(context, context.activity.from.id));
      if (member.aadObjectId !== user) return { outsider: true };
      const { name, email, guest, foreign } = profileOf(member, tenant);
      const owner = { name, ...(email === undefined ? {} : { email }) };
      const who = { outsider: guest || foreign, owner };
      if (known.size >= mostKept) known.clear();
      known.set(key, { who, until: now + keptMs });
      return who;
    } catch {
      return { outsider: true };
    }
  };
}

/** Wait for an answer only so long; later ones are lost. */
async function inTime<Value>(asked: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Teams did not tell in time.")), mostMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
