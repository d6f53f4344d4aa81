import type { PlaceTrouble } from "../deliveries/place-trouble.ts";
import type { CallbackSender } from "../deliveries/sending.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import type { HashCost } from "../people/password-hash.ts";
import type { Clock } from "../ports/clock.ts";
import type { HookAdapter } from "../ports/destination-hook.ts";
import type { Log } from "../ports/log.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** What a hub needs from outside. */
export interface HubDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** The machine's own clock, which nobody moves. */
  readonly wallClock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly links: CardLinks;
  readonly callback: CallbackSender;
  /** Say why an address may not be called; undefined when it may. Absent, every address passes that is one. */
  readonly checkAddress?: (address: string) => string | undefined;
  /** The kinds of destinations that are made by typing an address; none where nobody says. */
  readonly hooks?: readonly HookAdapter[];
  /** What follows when a send finds that its workspace or its channel is lost, beside the delivery itself. */
  readonly placeTrouble?: (trouble: PlaceTrouble) => Promise<void>;
  /** What hashing a password costs; less in tests alone. */
  readonly passwordCost?: HashCost;
  /** The issuer of single sign-on; without one no policy can ask for it. */
  readonly singleSignOn?: { readonly issuer: string } | undefined;
  /** How long settled events, deliveries and attempts are kept; 30 where nobody says. */
  readonly retentionDays?: number;
}
