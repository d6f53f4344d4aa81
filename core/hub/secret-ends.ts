import type { OrganizationId } from "../domain/ids.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { Clock } from "../ports/clock.ts";
import type { SecretEnd } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { readIn, say } from "../words/say.ts";
import type { LiveSettings } from "./platform-settings.ts";
import { defaultChannel } from "./workspace-lost.ts";

/** When the Teams bot's client secret runs out, and how many days are left; below zero it is over. */
export interface SecretLeft {
  readonly endsOn: string;
  readonly daysLeft: number;
}

/** What the hub knows of when the operator's secrets run out, and telling people in time (FEATURES §6.3). */
export interface SecretEnds {
  /** Undefined where nobody said, and for another secret than the one that was meant. */
  read(): Promise<SecretLeft | undefined>;
  /** Note the last day of a secret; undefined forgets it. People are told anew. */
  note(secret: BotSecret, endsOn: string | undefined): Promise<void>;
  /** Tell of what runs out, once at each nearness; forget what was said of a secret that is replaced. */
  look(live: LiveSettings): Promise<void>;
}

/** A bot and its client secret. */
export interface BotSecret {
  readonly appId: string;
  readonly appPassword: string;
}

interface SecretEndsDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Pick<Vault, "mac">;
  /** Microsoft's days are those of the machine's clock. */
  readonly clock: Clock;
  readonly raise: (raised: RaisedEvent) => Promise<unknown>;
}

const dayMs = 86_400_000;

/** How near the end may come until people are told, nearest first, and how much it matters then. */
const nearness = [
  { days: -1, level: "critical" },
  { days: 7, level: "alert" },
  { days: 30, level: "warning" },
] as const;

/** Make the watch over secrets that run out. */
export function createSecretEnds(deps: SecretEndsDeps): SecretEnds {
  const { organization, store, vault, clock } = deps;
  const id = `teams ${organization}`;
  const markOf = ({ appId, appPassword }: BotSecret) =>
    vault.mac("secret end", `${appId} ${appPassword}`);
  return {
    read: async () => {
      const kept = await store.secretEnds.get(id);
      return kept && { endsOn: kept.endsOn, daysLeft: daysUntil(kept.endsOn, clock.now()) };
    },
    note: async (secret, endsOn) => {
      const mark = markOf(secret);
      const kept = await store.secretEnds.get(id);
      if (kept?.mark === mark && kept.endsOn === endsOn) return;
      if (kept) await store.secretEnds.remove(id);
      if (endsOn === undefined) return;
      const app = secret.appId;
      await store.secretEnds.insert({ id, organization, revision: 1, mark, app, endsOn });
    },
    look: async ({ teams }) => {
      const kept = await store.secretEnds.get(id);
      if (!kept) return;
      if (!teams || markOf(teams) !== kept.mark) {
        await store.secretEnds.remove(id);
        return;
      }
      await tell(deps, kept);
    },
  };
}

/** Raised first and noted then: who dies between raises it once more, which is the same event. */
async function tell({ organization, store, clock, raise }: SecretEndsDeps, kept: SecretEnd) {
  const daysLeft = daysUntil(kept.endsOn, clock.now());
  const near = nearness.find(({ days }) => daysLeft <= days);
  if (!near || (kept.told !== undefined && kept.told <= near.days)) return;
  const orTo = await defaultChannel({ store, organization }, "teams");
  await raise({
    type: "installation.secret_expiring",
    occasion: [kept.mark, kept.endsOn, near.days].join(" "),
    subject: "Teams bot",
    level: near.level,
    data: {
      title: readIn("en", () => sayEnd(daysLeft)),
      platform: "teams",
      app_id: kept.app,
      ends_on: kept.endsOn,
      days_left: Math.max(daysLeft, 0),
      next: "Make a new client secret in Azure and save it under Workspaces, Teams app.",
    },
    ...(orTo === undefined ? {} : { orTo }),
  });
  await store.secretEnds.replace(
    { ...kept, told: near.days, revision: kept.revision + 1 },
    kept.revision,
  );
}

/** Whole days from today to a day, both in UTC; 0 on the day itself. */
export function daysUntil(day: string, now: Date): number {
  const today = Date.parse(now.toISOString().slice(0, 10));
  return Math.round((Date.parse(day) - today) / dayMs);
}

/** Say how long the bot's secret still works. */
export function sayEnd(daysLeft: number): string {
  if (daysLeft < 0) return say`The client secret of the Teams bot has run out`;
  if (daysLeft === 0) return say`The client secret of the Teams bot runs out today`;
  if (daysLeft === 1) return say`The client secret of the Teams bot runs out in one day`;
  return say`The client secret of the Teams bot runs out in ${daysLeft} days`;
}
