import type { Attempt, Delivery } from "../domain/delivery.ts";
import type { ApprovalId, DeliveryId, EventId, InstallationId } from "../domain/ids.ts";

/**
 * One unit of work that ended, with every id that belongs to it and no secret.
 *
 * The same entry becomes the JSON log line, the line of the live feed and the line of `countersign listen`.
 */
export type LogEntry =
  | {
      readonly kind: "event.received";
      readonly event: EventId;
      readonly producer: string;
      readonly type: string;
      readonly subject?: string;
      readonly known: boolean;
      readonly duplicate: boolean;
      readonly rules: readonly string[];
      readonly destinations: number;
      readonly approval?: ApprovalId;
      readonly durationMs: number;
    }
  | {
      readonly kind: "delivery.attempted";
      readonly delivery: DeliveryId;
      readonly event: EventId;
      readonly approval?: ApprovalId;
      readonly platform: Delivery["platform"];
      readonly task: Delivery["task"]["kind"];
      readonly label: string;
      readonly attempt: number;
      readonly outcome: Attempt["outcome"];
      readonly because?: string;
      readonly status?: number;
      readonly nextAt?: Date;
      readonly durationMs: number;
    }
  | {
      /**
       * A vote; an end, or what the producer reported after it; what the producer told of an open request; an end at
       * the producer that is not ours.
       */
      readonly kind: "approval.voted" | "approval.closed" | "approval.marked" | "approval.conflict";
      readonly approval: ApprovalId;
      readonly event: EventId;
      readonly state: string;
      readonly revision: number;
      /** `approved by Ann in Slack`, for people. */
      readonly sentence: string;
    }
  | {
      readonly kind: "click.refused";
      readonly approval?: ApprovalId;
      readonly event?: EventId;
      readonly surface: "slack" | "teams";
      readonly because: string;
      /** The person's name, or `somebody not linked`. */
      readonly who: string;
      /** The chat account: platform, workspace and user. */
      readonly account: string;
    }
  | {
      readonly kind: "request.refused";
      readonly door: string;
      readonly status: number;
      readonly because: string;
    }
  | {
      readonly kind: "keys.rotated";
      /** Fingerprint of the newest key. */
      readonly newest: string;
      readonly resealed: number;
      readonly retired: number;
    }
  | {
      /** How far the audit log has come. Kept elsewhere, it shows whether rows were taken away or written anew. */
      readonly kind: "audit.head";
      readonly number: number;
      readonly hash: string;
    }
  | {
      readonly kind:
        | "installation.connected"
        | "installation.revoked"
        | "installation.disconnected";
      readonly installation: InstallationId;
      readonly platform: "slack" | "teams";
      readonly workspace: string;
      readonly name: string;
      /** Why it ended: the platform's own code. */
      readonly code?: string;
    }
  | { readonly kind: "sign_in"; readonly person: string; readonly how: string }
  | {
      /** After a start, copies of waiting requests showed something old. */
      readonly kind: "hub.reconciled";
      readonly requests: number;
      readonly repaired: number;
    }
  | { readonly kind: "hub.started" | "hub.stopped"; readonly note: string }
  | { readonly kind: "hub.trouble"; readonly where: string; readonly error: string };

/** Where log entries go. Writing never throws and never waits. */
export interface Log {
  write(entry: LogEntry): void;
}

/** The log as it is written, for those who watch. */
export interface Feed {
  /** Call on every entry from now on; the answer stops it. */
  subscribe(listener: (entry: LogEntry) => void): () => void;
}
