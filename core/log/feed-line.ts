import type pc from "picocolors";
import { surfacePhrases } from "../messages/texts.ts";
import type { LogEntry } from "../ports/log.ts";
import { column, cutTo, plainText } from "./plain-text.ts";

/** A log entry with the time at which it was written. */
export type TimedEntry = LogEntry & { readonly at: Date };

/** How lines are coloured: by picocolors on a terminal, not at all elsewhere. */
export type Colours = ReturnType<typeof pc.createColors>;

interface Parts {
  /** Three signs wide. */
  readonly sign: string;
  readonly tint: (text: string) => string;
  readonly text: string;
  readonly id?: string;
  readonly note?: string;
}

/** Columns of the feed (SURFACE §1): the text begins at 15, outcome at 41, time at 51, the id at 69. */
const textWidth = 54;
const placeWidth = 26;
const outcomeWidth = 10;

/** Write one entry as a line of the live feed. No text from outside can break the line or colour it. */
export function feedLine(entry: TimedEntry, colours: Colours): string {
  const { sign, tint, text, id, note } = partsOf(entry, colours);
  const time = entry.at.toTimeString().slice(0, 8);
  const tail = [id, note].filter((part) => part !== undefined).join("  ");
  // A sentence with nothing behind it may run on; anything else keeps its column.
  const body = tail ? column(text, textWidth) : cutTo(text, 400);
  return `${colours.dim(time)}  ${tint(sign)}  ${body}${colours.dim(tail)}`.trimEnd();
}

function partsOf(entry: TimedEntry, colours: Colours): Parts {
  switch (entry.kind) {
    case "event.received":
      return {
        sign: "-->",
        tint: colours.cyan,
        text: [entry.type, ...(entry.subject === undefined ? [] : [entry.subject])]
          .map(plainText)
          .join("   "),
        id: entry.event,
        ...noted(eventNote(entry)),
      };
    case "delivery.attempted":
      return deliveryParts(entry, colours);
    case "approval.voted":
    case "approval.closed":
    case "approval.marked":
    case "approval.conflict":
      return {
        ...approvalSign(entry, colours),
        text: plainText(entry.sentence),
        id: entry.approval,
      };
    case "click.refused":
      return {
        sign: " ! ",
        tint: colours.yellow,
        text: `refused ${plainText(entry.who)} ${surfacePhrases[entry.surface]}: ${entry.because.replaceAll("_", " ")}`,
        ...(entry.approval === undefined ? {} : { id: entry.approval }),
      };
    case "request.refused":
      return {
        sign: " ! ",
        tint: colours.yellow,
        text: plainText(`${entry.status} at ${entry.door}: ${entry.because}`),
      };
    case "keys.rotated":
      return {
        sign: " · ",
        tint: colours.dim,
        text: `keys rotated: ${entry.resealed} secrets sealed anew, ${entry.retired} keys retired`,
      };
    case "audit.head":
      return {
        sign: " · ",
        tint: colours.dim,
        text: `audit log at row ${entry.number}, ${entry.hash.slice(0, 12)}…`,
      };
    case "installation.connected":
    case "installation.disconnected":
    case "installation.revoked":
      return installationParts(entry, colours);
    case "sign_in":
      return {
        sign: " · ",
        tint: colours.dim,
        text: plainText(`${entry.person} signed in by ${entry.how}`),
      };
    case "hub.reconciled":
      return {
        sign: " · ",
        tint: colours.dim,
        text: `${entry.repaired} cards of ${entry.requests} waiting requests were old and are edited`,
      };
    case "hub.started":
    case "hub.stopped":
      return { sign: " · ", tint: colours.dim, text: plainText(entry.note) };
    case "hub.trouble":
      return { sign: " ✕ ", tint: colours.red, text: plainText(`${entry.where}: ${entry.error}`) };
  }
}

type InstallationEntry = Extract<LogEntry, { readonly installation: unknown }>;

const installationWords = {
  "installation.connected": "is connected",
  "installation.disconnected": "was disconnected here",
  "installation.revoked": "took the app's access away",
} as const;

function installationParts(entry: InstallationEntry, colours: Colours): Parts {
  const lost = entry.kind === "installation.revoked";
  return {
    sign: lost ? " ✕ " : " · ",
    tint: lost ? colours.red : colours.dim,
    text: plainText(`${entry.platform}  ${entry.name} ${installationWords[entry.kind]}`),
    id: entry.installation,
    ...noted(lost ? plainText(entry.code ?? "") : undefined),
  };
}

function eventNote(entry: Extract<LogEntry, { kind: "event.received" }>): string | undefined {
  if (entry.duplicate) return "duplicate, nothing done twice";
  const notes = [
    ...(entry.known ? [] : ["unknown type"]),
    ...(entry.rules.length === 0 ? ["no rule matched"] : []),
    ...(entry.destinations === 0 ? ["goes nowhere"] : []),
  ];
  return notes.join(", ") || undefined;
}

function deliveryParts(
  entry: Extract<LogEntry, { kind: "delivery.attempted" }>,
  colours: Colours,
): Parts {
  const place = `${entry.platform}  ${plainText(entry.label)}`;
  const ms = `${Math.round(entry.durationMs)} ms`;
  const sent = entry.outcome === "sent";
  const because = sent ? undefined : entry.because;
  const again = entry.nextAt && `again at ${entry.nextAt.toTimeString().slice(0, 8)}`;
  return {
    sign: "<--",
    tint: sent ? colours.green : colours.red,
    text: `${column(cutTo(place, placeWidth - 2), placeWidth)}${column(outcomeOf(entry), outcomeWidth)}${ms}`,
    id: entry.delivery,
    ...noted(
      [because, again]
        .filter((part) => part !== undefined)
        .map(plainText)
        .join(", "),
    ),
  };
}

const sentWords = { post: "posted", edit: "edited", note: "noted", callback: "called" } as const;

function outcomeOf({
  outcome,
  task,
  status,
}: Extract<LogEntry, { kind: "delivery.attempted" }>): string {
  if (task === "callback" && status !== undefined) return String(status);
  switch (outcome) {
    case "sent":
      return sentWords[task];
    case "retry":
      return "retry";
    case "unknown":
      return "unsure";
    case "rejected":
      return "failed";
    case "disconnected":
      return "cut off";
  }
}

function approvalSign(
  { kind, state }: { readonly kind: string; readonly state: string },
  colours: Colours,
): Pick<Parts, "sign" | "tint"> {
  if (kind === "approval.closed") return closedSign(state, colours);
  return { sign: kind === "approval.conflict" ? " ! " : " ● ", tint: colours.yellow };
}

function closedSign(state: string, colours: Colours): Pick<Parts, "sign" | "tint"> {
  switch (state) {
    case "approved":
      return { sign: " ✓ ", tint: colours.green };
    case "rejected":
      return { sign: " ✕ ", tint: colours.red };
    case "expired":
      return { sign: " ⏱ ", tint: colours.dim };
    default:
      return { sign: " ⊘ ", tint: colours.dim };
  }
}

const noted = (note: string | undefined) => (note ? { note } : {});
