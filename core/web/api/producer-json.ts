import type { z } from "zod";
import { callbackHost } from "../../domain/callback-address.ts";
import type { ApiKey, Producer } from "../../domain/producer.ts";
import type { Hub } from "../../hub.ts";
import { stateOfKey } from "../pages/states.ts";
import type { apiKeySchema, producerSchema } from "./producer-operations.ts";

/** Write a producer as the API shows it. */
export function producerJson(
  { producers, clock }: Pick<Hub, "producers" | "clock">,
  producer: Producer,
): z.infer<typeof producerSchema> {
  const { callback, formerSecret } = producer;
  const former =
    formerSecret && formerSecret.endsAt > clock.now() ? formerSecret.endsAt : undefined;
  return {
    id: producer.id,
    name: producer.name,
    callback: callback === undefined ? null : { host: callbackHost(callback) },
    callback_hosts: [...producer.callbackHosts],
    may_name_policies: producer.mayNamePolicies,
    records: recordsJson(producer),
    built_in: producers.isBuiltIn(producer.id),
    former_secret_until: former?.toISOString() ?? null,
    revision: producer.revision,
  };
}

const recordsJson = ({ records }: Producer): z.infer<typeof producerSchema>["records"] =>
  records
    ? {
        ...(records.address === undefined ? {} : { address: records.address }),
        ...(records.hosts === undefined ? {} : { hosts: [...records.hosts] }),
        ...(records.label === undefined ? {} : { label: records.label }),
      }
    : null;

/** Name the owners of keys; who is gone is named by the id. */
export async function readKeyOwners({
  store,
  organization,
}: Pick<Hub, "store" | "organization">): Promise<(owner: ApiKey["owner"]) => string> {
  const all = { prefix: [organization], limit: 10_000 };
  const [producers, people] = await Promise.all([
    store.producers.scan("byName", all),
    store.people.scan("byName", all),
  ]);
  const names = new Map<string, string>(
    [...producers, ...people].map(({ id, name }) => [id, name] as const),
  );
  return (owner) => names.get(ownerId(owner)) ?? ownerId(owner);
}

const ownerId = (owner: ApiKey["owner"]) =>
  owner.kind === "producer" ? owner.producer : owner.person;

/** Write a key as the API shows it, without its text, which nobody has. */
export function apiKeyJson(
  key: ApiKey,
  nameOf: (owner: ApiKey["owner"]) => string,
  now: Date,
): z.infer<typeof apiKeySchema> {
  const { owner } = key;
  return {
    id: key.key,
    name: key.name,
    owner: { kind: owner.kind, id: ownerId(owner), name: nameOf(owner) },
    scopes: [...key.scopes],
    state: stateOfKey(key, now),
    created_at: key.createdAt?.toISOString() ?? null,
    created_by: key.createdBy ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revoked?.at.toISOString() ?? null,
    revoked_by: key.revoked?.by ?? null,
  };
}
