import type { Actor } from "../domain/audit.ts";
import type { JsonObject } from "../domain/json.ts";
import { changesBetween } from "../domain/rule.ts";
import type { CollectionName, RecordOf } from "../ports/collections.ts";
import type { Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";
import { approvalKind } from "./approval-kind.ts";

/** A change that has a name of its own, beside `added`, `changed` and `removed`. */
export interface NamedChange {
  readonly word: string;
  readonly noun?: string;
  readonly details?: JsonObject;
}

/** How changes of one kind of record are told. */
export interface AuditedKind<Value extends Stored> {
  readonly noun: string;
  /** By what people know a record. */
  readonly name: (record: Value) => string;
  /** The same where another record says it; `name` holds where that is not there. */
  readonly nameElsewhere?: (record: Value, store: Store) => Promise<string | undefined>;
  /** The id that people know, where it is not the record's own. */
  readonly id?: (record: Value) => string;
  /** Members whose values a row shows. Of others it says that they changed. */
  readonly shown: readonly (keyof Value & string)[];
  /** Members that the hub looks after by itself: a change of these alone is no row. */
  readonly hidden?: readonly (keyof Value & string)[];
  readonly tell?: (
    before: Value | undefined,
    after: Value | undefined,
  ) => NamedChange | "nothing" | undefined;
  /** As whose a change is told, where that is not always who acts. */
  readonly actor?: (
    before: Value | undefined,
    after: Value | undefined,
    acting: Actor | undefined,
  ) => Actor | undefined;
  /** Nobody waits for the row: the record itself keeps what was done. */
  readonly later?: true;
}

/** What becomes of each kind of record: how it is told, or why not. */
export const auditedKinds: {
  readonly [Name in CollectionName]: AuditedKind<RecordOf<Name>> | string;
} = {
  people: {
    noun: "person",
    name: ({ name }) => name,
    shown: ["name", "email", "roles"],
    tell: (before, after) => {
      if (!before || !after || !before.suspended === !after.suspended) return undefined;
      return { word: after.suspended ? "suspended" : "restored" };
    },
  },
  groups: { noun: "group", name: ({ name }) => name, shown: ["name", "members"] },
  accounts: {
    noun: "account",
    name: ({ id, shownName }) => shownName ?? id,
    shown: ["person", "confirmedBy", "shownName"],
    hidden: ["linkedAt"],
  },
  accountLinks: {
    noun: "account",
    name: ({ shownName }) => shownName,
    id: ({ platform, workspace, user }) => `${platform} ${workspace} ${user}`,
    shown: [],
    tell: (before, after) => {
      const { claim } = after ?? {};
      if (claim?.settled?.as === "refused" && !before?.claim?.settled) return { word: "refused" };
      if (claim?.waits && !before?.claim)
        return { word: "claimed", details: { waits: claim.waits } };
      return "nothing";
    },
  },
  passwords: {
    noun: "password",
    name: ({ name }) => name,
    id: ({ person }) => person,
    shown: [],
    tell: (_, after) => (after ? { word: "set" } : { word: "removed" }),
  },
  issuerAccounts: {
    noun: "issuer_account",
    name: ({ issuer }) => issuer,
    shown: ["person", "issuer", "subject"],
    hidden: ["linkedAt"],
  },
  signInLinks: {
    noun: "sign_in_link",
    name: ({ person }) => person ?? "the first admin",
    nameElsewhere: async ({ person }, { people }) => person && (await people.get(person))?.name,
    id: ({ person }) => person ?? "first admin",
    shown: ["expiresAt"],
    // The target is this person.
    hidden: ["person"],
    tell: (before, after) => (before || !after ? "nothing" : { word: "made" }),
  },
  apiKeys: {
    noun: "key",
    name: ({ name }) => name,
    id: ({ key }) => key,
    shown: ["name", "owner", "scopes", "expiresAt"],
    hidden: ["lastUsedAt", "createdAt", "createdBy"],
    tell: (before, after) =>
      before && !before.revoked && after?.revoked ? { word: "revoked" } : undefined,
  },
  producers: {
    noun: "producer",
    name: ({ name }) => name,
    shown: ["name", "callbackHosts", "mayNamePolicies"],
  },
  ruleSets: {
    noun: "rules",
    name: ({ version }) => `version ${version}`,
    shown: [],
    tell: (_, after) =>
      after ? { word: "saved", details: { ...sayRules(after) } } : { word: "removed" },
  },
  destinations: {
    noun: "destination",
    name: ({ name }) => name,
    shown: [
      ...(["name", "kind", "disabled", "testing", "testTarget", "types", "labels"] as const),
      ...(["fallback"] as const),
      // What some kinds have and others do not; secret values stand in `shown` as people may see them.
      ...(["channelId", "settings", "shown", "formerSecretEndsAt"] as unknown as readonly "name"[]),
    ],
    hidden: [
      ...(["broken", "channelName", "formerNames", "outsiders"] as const),
      ...(["formerChannelIds"] as unknown as readonly "name"[]),
    ],
    // Typed values that are tried have a record for as long as that takes; the test has a row of its own.
    tell: (before, after) => {
      return (after ?? before)?.draft ? "nothing" : undefined;
    },
  },
  policies: {
    noun: "policy",
    name: ({ policy }) => policy.name,
    shown: ["policy"],
    hidden: ["author", "savedAt"],
  },
  pins: { noun: "pin", name: ({ on }) => on.name, shown: ["on", "policy"] },
  eventTypes: { noun: "event_type", name: ({ name }) => name, shown: ["off", "version"] },
  installations: {
    noun: "workspace",
    name: ({ name }) => name,
    shown: ["state", "matchByEmail", "allowOutsiders", "defaultDestination", "name"],
    hidden: [
      ...(["sealed", "looked", "scopesAt", "routesLookedAt", "deliveredAt", "lookAt"] as const),
      ...(["renewAt", "places", "connectedAt", "connectedBy", "ended", "teams"] as const),
    ],
  },
  enteredSettings: {
    noun: "settings",
    name: ({ id }) => id,
    shown: [],
    hidden: ["manifest"],
  },
  hubChoices: {
    noun: "settings",
    name: () => "the hub",
    shown: ["operations", "defaultRole"],
  },
  secretEnds: {
    noun: "settings",
    name: ({ app }) => app,
    shown: ["endsOn", "app"],
    hidden: ["told", "mark"],
  },
  approvals: approvalKind,
  auditBlocks: "the log itself",
  auditHeads: "the log itself",
  events: "what producers post is kept as it came, with its key's producer",
  deliveries: "what a person asks for is told where it is asked: a redelivery, a test",
  attempts: "made by the hub",
  budgets: "counted by the hub",
  channels: "read from the platform",
  channelListings: "read from the platform",
  connectStates: "the way to a connection; the connection is told",
  policyVersions: "kept beside a policy that is told",
  openKeys: "follows from requests",
  seenClicks: "follows from clicks",
  sessions: "told where somebody signs in and out",
  sharedSecrets: "made by the hub",
  signInTries: "told where somebody tries",
};

function sayRules({ version, rules, description }: RecordOf<"ruleSets">): JsonObject {
  return {
    version,
    rules: changesBetween([], rules).added.length,
    ...(description === undefined ? {} : { description }),
  };
}
