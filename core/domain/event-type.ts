import type { Outcome } from "./approval.ts";
import type { Level } from "./event.ts";
import type { OrganizationId } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** One line of a card. Label and value are LiquidJS texts; a fact of which nothing is left is not shown. */
export interface FactText {
  readonly label: string;
  readonly value: string;
  /** What an approver answers for: shown whole, else the card has Open only. */
  readonly bound?: true;
}

/**
 * What people read of an event. Every text is LiquidJS over `type`, `subject`, `source`, `level` and `data`.
 *
 * All parts are optional, so that the same shape says what a rule or a destination changes of it.
 */
export interface EventTexts {
  readonly title?: string;
  readonly body?: string;
  /** Without them, the members of `data` in their order. */
  readonly facts?: readonly FactText[];
  /** Where Open leads when the event has no link: a path relative to its producer's address of records. */
  readonly link?: { readonly label?: string; readonly path?: string };
  /** Labels of the buttons, where the event names none. */
  readonly buttons?: { readonly approve?: string; readonly reject?: string };
  /** As `#1A7F37`. */
  readonly colour?: string;
}

/**
 * Members of `data` that are listed below the texts, by name or by a path such as `attributes.site`: one list for all, or
 * one for a platform.
 */
export interface AttributeLists {
  readonly general?: readonly string[];
  readonly slack?: readonly string[];
  readonly teams?: readonly string[];
  /** Name who did it (`data.actor`) below the message; off by default. */
  readonly actor?: boolean;
}

/**
 * Where an event that asks for a decision keeps its terms, as JSON pointers into `data`. What the event says in
 * `data.approval` goes before.
 */
export interface AskPlaces {
  /** RFC 3339 time, or a span such as `30m`. */
  readonly deadline?: string;
  /** E-mail address or name of whoever asks. */
  readonly requester?: string;
  /** List of names, or of `{id, choice, label}` as in `data.approval.actions`. */
  readonly actions?: string;
}

interface Asking {
  /** The policy where neither a rule nor the event names one; else the default one. */
  readonly policy?: string;
  readonly at?: AskPlaces;
}

/**
 * What an event does to the request of the same producer and subject (FEATURES §5). Texts in it are LiquidJS, like
 * those of a card; one of which nothing is left is not there.
 */
export type ApprovalBehaviour =
  /** Makes a request, or joins the one that is open. */
  | ({ readonly kind: "opens" } & Asking)
  /** Information, unless a rule attaches a policy. */
  | ({ readonly kind: "may" } & Asking)
  /** The producer settled it. */
  | {
      readonly kind: "closes";
      /** The state, or where the action that was used lies in `data`: its choice is the state. */
      readonly state:
        | "approved"
        | "rejected"
        | "expired"
        | "cancelled"
        | { readonly action: string };
      readonly by?: string;
      readonly reason?: string;
      /** Something that was approved ends by it in good order, so it contradicts no approval. */
      readonly mayFollowApproval?: true;
    }
  /** What the producer did after the approval. */
  | { readonly kind: "outcome"; readonly outcome: Outcome["kind"]; readonly detail?: string }
  /** Goes to the thread. */
  | { readonly kind: "reply" }
  /** Stands on the open card. */
  | { readonly kind: "marks"; readonly says: string }
  /** Information only. */
  | { readonly kind: "no" };

/** What an event type says, whoever wrote it: the shape of the catalogue's own types and of those that admins add. */
export interface EventTypeDefinition {
  readonly name: string;
  /** Raised by whoever changes the schema; it stands in what is cached and shown. */
  readonly version: number;
  /** When such an event is sent, in one sentence. */
  readonly about: string;
  /** Where the event has none of its own. */
  readonly level: Level;
  /** JSON Schema 2020-12 of `data`, without `data.approval`. Without one, any data fits. */
  readonly schema?: JsonObject;
  readonly sample: {
    /** When it was sent, as it were: whoever sends it now moves its times along. */
    readonly time?: string;
    readonly subject?: string;
    readonly link?: string;
    readonly data: JsonObject;
  };
  readonly texts: EventTexts;
  readonly attributes?: AttributeLists;
  readonly approval: ApprovalBehaviour;
}

/** A named kind of event, as data: what it may say, how it is shown, and what it does to a request. */
export interface EventType extends EventTypeDefinition {
  /** Organization and name together. */
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  /** Switched off: its events are taken and kept, and nothing follows from them. */
  readonly off?: true;
}

/** Tell whether events of a type may ask for a decision; all others tell of a request, or of none. */
export const mayAsk = ({ approval }: Pick<EventType, "approval">): boolean =>
  approval.kind === "opens" || approval.kind === "may";
