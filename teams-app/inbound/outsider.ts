import { type TeamsChannelAccount, TeamsInfo, type TurnContext } from "botbuilder";
import { isWithin } from "../../core/domain/is-within.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Click } from "../../core/ports/inbox.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf } from "../outbound/outcome.ts";
import { recordExchange } from "../outbound/wire.ts";
import { profileOf } from "../workspace/people.ts";

/** Who pressed, as the inbox wants to know it. */
type Who = Pick<Click, "outsider" | "unidentified" | "owner">;

/** Tells whether the person of this turn is a guest or of another tenant, and what Teams calls them. */
export type OutsiderCheck = (
  context: TurnContext,
  who: { readonly tenant: string; readonly user: string; readonly place: string },
) => Promise<Who>;

interface OutsiderCheckDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** A guest who became a member waits no longer than this. */
const keptMs = 10 * 60_000;
/** A click is answered within 3 s, and its vote may take 1.5 s of them to store. */
const mostMs = 1_200;
const mostKept = 10_000;

/**
 * Ask Teams who somebody is in the place where they clicked, and remember it for ten minutes.
 *
 * Somebody of whom Teams does not tell counts as an outsider, and is asked about again at the next click. Why it did not
 * is told in the log.
 */
export function createOutsiderCheck({ clock, log }: OutsiderCheckDeps): OutsiderCheck {
  const known = new Map<string, { readonly who: Who; readonly at: number }>();
  return async (context, { tenant, user, place }) => {
    const key = [tenant, place, user].join(" ");
    const now = clock.now().getTime();
    const kept = known.get(key);
    if (kept && isWithin(keptMs, kept.at, now)) return kept.who;
    const said = await askWho(context, clock);
    if (said.kind === "untold") {
      log.write({ kind: "hub.trouble", where: "teams.members", error: said.because });
      return { outsider: true, unidentified: true };
    }
    if (said.kind === "nobody" || said.member.aadObjectId !== user) return { outsider: true };
    const { name, email, guest, foreign } = profileOf(said.member, tenant);
    const owner = { name, ...(email === undefined ? {} : { email }) };
    const who = { outsider: guest || foreign, owner };
    if (known.size >= mostKept) known.clear();
    known.set(key, { who, at: now });
    return who;
  };
}

/** What Teams says of whoever pressed: who it is, that nobody of that id is there, or, for now, nothing. */
type Said =
  | { readonly kind: "told"; readonly member: TeamsChannelAccount }
  | { readonly kind: "nobody" }
  | { readonly kind: "untold"; readonly because: string };

async function askWho(context: TurnContext, clock: Clock): Promise<Said> {
  let member: TeamsChannelAccount | undefined;
  let trouble: unknown;
  const { answer } = await recordExchange(async () => {
    try {
      // By the id that this bot knows the person under: not every connector finds people by that of the directory.
      member = await inTime(TeamsInfo.getMember(context, context.activity.from.id));
    } catch (error) {
      trouble = error;
    }
  });
  if (member) return { kind: "told", member };
  if (answer?.kind === "answered" && answer.status === 404) return { kind: "nobody" };
  const failure = answer && failureOf(answer, clock.now());
  const because = failure && "because" in failure ? failure.because : String(trouble);
  return { kind: "untold", because };
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
