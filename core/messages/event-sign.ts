import type { Event, Level } from "../domain/event.ts";
import type { Language, Tone } from "../domain/message.ts";
import { type Catalogue, textsIn } from "./catalogue.ts";

type Happening = keyof Catalogue["happenings"];

/** How an information begins: its sign and word, and the look that goes with them. */
export interface EventSign {
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
}

const happenings: Readonly<Record<Happening, readonly [sign: string, tone: Tone]>> = {
  opened: ["●", "accent"],
  approved: ["✓", "good"],
  rejected: ["✕", "attention"],
  expired: ["⏱", "warning"],
  cancelled: ["⊘", "neutral"],
  revoked: ["↩", "warning"],
  pin_failed: ["⚠", "warning"],
  locked: ["⚿", "attention"],
  executed: ["▶", "good"],
  granted: ["⚑", "good"],
  fulfilled: ["★", "good"],
  failed: ["✖", "attention"],
};

/** The types that tell what becomes of a request, the hub's own and those of producers (FEATURES §5). */
const told: Readonly<Record<string, Happening>> = {
  ...{ "approval.created": "opened", asset_request_created: "opened", RequestCreated: "opened" },
  ...{ approval_created: "opened", "approval.approved": "approved" },
  ...{ asset_request_approved: "approved", RequestApproved: "approved" },
  ...{ "approval.rejected": "rejected", asset_request_rejected: "rejected" },
  ...{ RequestRejected: "rejected", "approval.expired": "expired", approval_expired: "expired" },
  ...{ RequestExpired: "expired", "approval.cancelled": "cancelled" },
  ...{ approval_invalidated: "cancelled", "approval.pin_failed": "pin_failed" },
  ...{ pin_failed: "pin_failed", "approval.locked": "locked", token_locked: "locked" },
  ...{ "approval.executed": "executed", approval_executed: "executed" },
  ...{ "approval.granted": "granted", RequestGranted: "granted" },
  ...{ "approval.fulfilled": "fulfilled", asset_request_fulfilled: "fulfilled" },
  ...{ "approval.failed": "failed", RequestFailed: "failed", "approval.revoked": "revoked" },
};

const levelSigns: Readonly<Record<Level, readonly [sign: string, tone: Tone]>> = {
  debug: ["○", "neutral"],
  info: ["○", "neutral"],
  notice: ["◇", "accent"],
  warning: ["△", "warning"],
  alert: ["▲", "attention"],
  critical: ["◆", "attention"],
};

/** Every sign by which our cards say what happened. Event text must not be able to say it in our place. */
export const eventSigns: readonly string[] = [
  ...Object.values(happenings).map(([sign]) => sign),
  ...Object.values(levelSigns).map(([sign]) => sign),
];

/** Say with which sign and word an information begins: by what it tells of a request, else by its level. */
export function eventSign(
  { type, level }: Pick<Event, "type" | "level">,
  language: Language | undefined,
  colour: string | undefined,
): EventSign {
  const texts = textsIn(language);
  const happening = Object.hasOwn(told, type) ? told[type] : undefined;
  const [sign, tone] = happening ? happenings[happening] : levelSigns[level];
  const word = happening ? texts.happenings[happening] : texts.levels[level];
  return { sign, word, tone: colour === undefined ? tone : toneOf(colour) };
}

/** The look that is nearest to a colour: cards of Teams have five, and Slack's have none of their own. */
function toneOf(colour: string): Tone {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(colour.slice(at, at + 2), 16),
  );
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 40) return "neutral";
  const hue = hueOf(red, green, blue, most, spread);
  if (hue < 20 || hue >= 330) return "attention";
  if (hue < 70) return "warning";
  return hue < 170 ? "good" : "accent";
}

function hueOf(red: number, green: number, blue: number, most: number, spread: number): number {
  if (most === red) return (((green - blue) / spread) * 60 + 360) % 360;
  if (most === green) return ((blue - red) / spread) * 60 + 120;
  return ((red - green) / spread) * 60 + 240;
}
