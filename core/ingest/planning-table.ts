import type { Destination } from "../domain/destination.ts";
import type { EventType } from "../domain/event-type.ts";
import { type DestinationId, deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Pin } from "../domain/pin.ts";
import type { Policy } from "../domain/policy.ts";
import type { RuleSet } from "../domain/rule.ts";
import { findType } from "../event-types/find-type.ts";
import type { Validator } from "../event-types/validator.ts";
import type { Store } from "../ports/store.ts";
import type { Pins } from "../routing/choose-policy.ts";
import { type CompiledRules, compileRules } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";

/** The policy where nothing names one: any approver, one vote, none on one's own request, 24 hours (SURFACE §8). */
export const defaultPolicy: Policy = {
  id: deriveId("policy", "default"),
  name: "default",
  version: 1,
  approvers: [{ kind: "anyone" }],
  votes: 1,
  rejections: 1,
  requesterMayVote: false,
  requester: "optional",
  reason: "on_reject",
  via: ["slack", "teams", "web"],
  expiresInMs: 24 * 3_600_000,
};

/** A saved change of another process is in force after this time at the latest (FEATURES B3: one second). */
const freshMs = 500;
/** More destinations or policies than this are not read for planning. */
const mostNames = 10_000;

/** Read the newest rule set; version 0 without rules where none was saved. */
export async function newestRuleSet(store: Store, organization: OrganizationId): Promise<RuleSet> {
  const [newest] = await store.ruleSets.scan("byVersion", {
    prefix: [organization],
    order: "descending",
    limit: 1,
  });
  return (
    newest ?? {
      id: ruleSetId(organization, 0),
      organization,
      revision: 1,
      version: 0,
      author: "nobody",
      rules: [],
      savedAt: new Date(0),
    }
  );
}

/** The newest rule set, read only where there is one after the known one: a large set costs a look by its id. */
async function newerRuleSet(
  store: Store,
  organization: OrganizationId,
  known: RuleSet | undefined,
): Promise<RuleSet> {
  const next = known && (await store.ruleSets.get(ruleSetId(organization, known.version + 1)));
  return known && !next ? known : newestRuleSet(store, organization);
}

/** The id of one version. Saving inserts it, so of two admins who save the same version, one is told it is stale. */
export const ruleSetId = (organization: OrganizationId, version: number) =>
  `${organization} ${version}`;

/** What planning looks names up in, with what the names stand for. */
export interface Planning extends PlanningTable {
  readonly destinations: ReadonlyMap<DestinationId, Destination>;
  /** The catalogue's type of this name. */
  readonly typeOf: (name: string) => Promise<KnownType | undefined>;
}

/** A type of the catalogue, ready to read events with. */
export interface KnownType {
  readonly type: EventType;
  /** Absent where the type has no schema. */
  readonly validate?: Validator;
}

/** Keeps what planning needs in memory, read again twice a second while events come, and at once when told. */
export function createPlanningCache(
  store: Store,
  organization: OrganizationId,
  nowMs: () => number = () => performance.now(),
) {
  let table: Promise<Planning> | undefined;
  let compiled: CompiledRules | undefined;
  let readAt = 0;

  const read = async (): Promise<Planning> => {
    const all = { prefix: [organization], limit: mostNames };
    const [ruleSet, destinations, stored, pins] = await Promise.all([
      newerRuleSet(store, organization, compiled?.ruleSet),
      store.destinations.scan("byName", all),
      store.policies.scan("byName", all),
      store.pins.scan("byName", all),
    ]);
    const policies = new Map(stored.map(({ policy }) => [policy.name, policy]));
    if (compiled?.ruleSet.id !== ruleSet.id) compiled = compileRules(ruleSet);
    return {
      rules: compiled,
      destinationIds: new Map([
        ...destinations.flatMap(({ formerNames = [], id }) =>
          formerNames.map((name) => [name, id] as const),
        ),
        ...destinations.map(({ name, id }) => [name, id] as const),
      ]),
      policies,
      // An admin may keep a policy of this name, and has then said what the default is.
      defaultPolicy: policies.get(defaultPolicy.name) ?? defaultPolicy,
      pins: pinsOf(pins),
      destinations: new Map(destinations.map((destination) => [destination.id, destination])),
      typeOf: rememberTypes(store, organization),
    };
  };

  return {
    /** The table as it is now, or as it was half a second ago at most. */
    current: (): Promise<Planning> => {
      const now = nowMs();
      if (!table || now - readAt > freshMs) {
        readAt = now;
        table = read().catch((cause: unknown) => {
          table = undefined;
          throw cause;
        });
      }
      return table;
    },
    /** Forget what was read: something was saved here. */
    forget: () => {
      table = undefined;
    },
  };
}

const pinsOf = (pins: readonly Pin[]): Pins => ({
  types: new Map(
    pins.flatMap(({ on, policy }) => (on.kind === "type" ? [[on.name, policy] as const] : [])),
  ),
  producers: new Map(
    pins.flatMap(({ on, policy }) =>
      on.kind === "producer" ? [[on.producer, { name: on.name, policy }] as const] : [],
    ),
  ),
});

/** Read each type once, for as long as the table holds. */
function rememberTypes(store: Store, organization: OrganizationId): Planning["typeOf"] {
  const types = new Map<string, Promise<KnownType | undefined>>();
  return (name) => {
    const type = types.get(name) ?? knownType(store, organization, name);
    types.set(name, type);
    return type;
  };
}

async function knownType(
  store: Store,
  organization: OrganizationId,
  name: string,
): Promise<KnownType | undefined> {
  const type = await findType(store, organization, name);
  if (!type?.schema) return type && { type };
  // Loaded with the first event that needs it: the validator takes longer to load than the rest of ingest.
  const { validatorOf } = await import("../event-types/validator.ts");
  const compiled = validatorOf({ ...type, schema: type.schema });
  // A schema that cannot be read was refused when it was saved.
  return compiled.kind === "compiled" ? { type, validate: compiled.validate } : { type };
}
