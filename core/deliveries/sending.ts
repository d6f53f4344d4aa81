import type { Approval } from "../domain/approval.ts";
import type { SendingDelivery } from "../domain/delivery.ts";
import type { Destination, DestinationKind } from "../domain/destination.ts";
import type { SendReport } from "../domain/send-result.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import type { DestinationAdapter } from "../ports/chat-platform.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import type { PlacedCard } from "./card-for.ts";
import type { Rounds } from "./rounds.ts";

/** Tells a producer how its request ended. */
export type CallbackSender = (
  url: string,
  delivery: SendingDelivery,
  approval: Approval,
) => Promise<SendReport>;

export interface SendDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly links: CardLinks;
  readonly adapters: ReadonlyMap<DestinationKind, DestinationAdapter>;
  readonly callback: CallbackSender;
  /** Wait for a place's answer: the other lanes go on with the store meanwhile. */
  readonly away: Rounds["away"];
}

/** What became of one try, or why none was needed. */
export type Sent =
  | {
      readonly kind: "tried";
      readonly report: SendReport;
      readonly shownRevision?: number;
      /** Where it went; absent for callbacks. */
      readonly workspace?: string;
      /** The other place that it goes to, because its own takes nothing any more. */
      readonly wentTo?: string;
      /** The place counted as broken when it was read: what arrives there mends it. */
      readonly wasBroken?: true;
      /** A test of typed values, whose destination is gone after it: there is no second try. */
      readonly once?: true;
      /** What people should know of a message that arrived: a text of it failed. */
      readonly remark?: string;
    }
  | { readonly kind: "needless"; readonly cause: string };

/** What a try says where no code speaks to that kind, because its platform has no settings. */
export function notConnected({ kind }: Pick<Destination, "kind">): SendReport {
  return {
    result: { kind: "retry", because: "platform_not_configured", afterMs: 60_000 },
    request: { platform: kind },
    response: null,
  };
}

/** What a card's text that failed leaves in the log. */
export const remarkOf = ({ remark }: PlacedCard) => (remark === undefined ? {} : { remark });
