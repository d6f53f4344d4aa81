import type { Fact } from "./approval.ts";

/** In which people read messages: chosen for each destination, English where nobody chose. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/**
 * A piece of a line. `text` is plain and not escaped; a platform escapes it for its place.
 * `time` is shown in the reader's zone where the platform can do that, else in UTC with the zone named.
 */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "time"; readonly at: Date; readonly style: "clock" | "day-clock" }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

export type MessageState =
  | "waiting"
  | "approved"
  | "rejected"
  | "expired"
  | "cancelled"
  | "locked"
  | "revoked"
  | "information";

/** How an information looks; both platforms know these and no other colours. */
export type Tone = "neutral" | "good" | "accent" | "warning" | "attention";

export type MessageAction =
  | {
      readonly kind: "decide";
      /** Which button this is; it comes back in the click. */
      readonly id: string;
      readonly choice: "approve" | "reject";
      /** At most 24 characters. */
      readonly label: string;
      /** What a screen reader says: the label with the title. */
      readonly description: string;
      /** Comes back in the click, untouched. At most 200 characters. */
      readonly value: string;
      /** Ask for a reason of at least so many characters before it counts. */
      readonly reason?: { readonly label: string; readonly hint: string; readonly atLeast: number };
    }
  | { readonly kind: "open"; readonly label: string; readonly url: string };

/**
 * One message as every platform shows it, in this order: title, status, body, facts, terms, actions.
 *
 * All texts are cleaned and cut to what the tightest platform takes, and none is escaped. A platform adds nothing
 * and leaves nothing out.
 */
export interface Message {
  readonly state: MessageState;
  /** Absent: English. Times are said in it. */
  readonly language?: Language;
  /** On information only; absent: neutral. */
  readonly tone?: Tone;
  /** At most 150 characters. */
  readonly title: string;
  readonly status: readonly Inline[];
  /** At most 1,500 characters. */
  readonly body?: string;
  /** Where the whole body is read, when it was cut. */
  readonly full?: Extract<Inline, { kind: "link" }>;
  /**
   * At most 8; label ≤ 60, value ≤ 300 characters, bound ones ≤ 600. A platform that cannot show a bound fact whole
   * leaves the deciding buttons away.
   */
  readonly facts: readonly Fact[];
  /** How many votes, who may decide, until when; when closed, the votes. Empty on information. */
  readonly terms: readonly Inline[];
  readonly actions: readonly MessageAction[];
  /** Notification and fallback text: request, deadline and link. */
  readonly plainText: string;
}

/** A few words in the thread below a message: who voted, what the producer answered. Nothing in it is escaped. */
export interface Note {
  /** Absent: English. */
  readonly language?: Language;
  readonly line: readonly Inline[];
  /** At most 1,500 characters. */
  readonly body?: string;
  /** What the notification says. */
  readonly plainText: string;
}
