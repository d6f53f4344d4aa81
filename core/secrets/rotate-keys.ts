import { producerCallbackPlace } from "../domain/callback-address.ts";
import { HubError } from "../domain/hub-error.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Log } from "../ports/log.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";
import type { KeyRing, RotatingVault } from "../ports/vault.ts";

export interface RotationDeps {
  readonly store: Pick<
    Store,
    "destinations" | "enteredSettings" | "installations" | "producers" | "sharedSecrets"
  >;
  readonly organization: OrganizationId;
  readonly vault: RotatingVault;
  readonly ring: KeyRing;
  readonly log: Log;
  /** Waits until a write that began before has ended. */
  readonly settle: () => Promise<void>;
}

/** What a rotation did. */
export type Rotation =
  | {
      readonly kind: "rotated";
      readonly keptBy: KeyRing["keptBy"];
      /** Fingerprint of the key that seals now. */
      readonly newest: string;
      readonly resealed: number;
      readonly retired: number;
    }
  /** Some secrets open with no key of the ring. No key was retired. */
  | { readonly kind: "unreadable"; readonly places: readonly string[] }
  /** The last look still found what was sealed under an older key. No key was retired, and none may be thrown away. */
  | { readonly kind: "unsettled" };

/** Whoever still finds something old in so many looks has a process beside it that seals under an old key: none is retired. */
const mostLooks = 10;

/** Records of one look, sealed anew together: their writes share a commit. */
const oneLook = 200;

/**
 * Seal every secret anew under the newest key, and retire the older ones.
 *
 * The hub works on meanwhile: both keys open until no secret needs the old one. Each secret is replaced by
 * compare-and-set, so a change that somebody makes at the same time stays. After a crash at any point, run it again:
 * a key that was added and not finished with is gone on with, and no second one is made. Keys are retired only after a
 * look that found nothing old, with a pause before it for writes that were on their way.
 */
export function createKeyRotation(deps: RotationDeps): () => Promise<Rotation> {
  let running: Promise<Rotation> | undefined;
  return () => {
    running ??= rotate(deps).finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function rotate(deps: RotationDeps): Promise<Rotation> {
  const { vault, ring, log } = deps;
  const before = ring.read();
  const begins = ring.keptBy === "hub" && before.length === 1;
  vault.useRing(begins ? ring.add() : before);

  const looks = [await resealAll(deps)];
  do {
    await deps.settle();
    looks.push(await resealAll(deps));
  } while (looks.at(-1)?.resealed !== 0 && looks.length < mostLooks);
  const places = [...new Set(looks.flatMap(({ unreadable }) => unreadable))];
  if (places.length > 0) return { kind: "unreadable", places };

  if (looks.at(-1)?.resealed !== 0) return { kind: "unsettled" };

  const known = ring.read().length;
  const left = ring.retire();
  vault.useRing(left);
  const done = {
    newest: vault.newestName(),
    resealed: looks.reduce((sum, { resealed }) => sum + resealed, 0),
    retired: known - left.length,
  };
  log.write({ kind: "keys.rotated", ...done });
  return { kind: "rotated", keptBy: ring.keptBy, ...done };
}

interface Resealed {
  readonly resealed: number;
  readonly unreadable: readonly string[];
}

async function resealAll({ store, organization, vault }: RotationDeps): Promise<Resealed> {
  const parts = [
    await resealEach(vault, store.installations, "byWorkspace", [], {
      read: ({ sealed }) => sealed,
      write: (record, sealed) => ({ ...record, sealed }),
    }),
    await resealEach(vault, store.destinations, "byName", [organization], {
      read: (record) => ("sealed" in record ? record.sealed : undefined),
      write: (record, sealed) => ("sealed" in record ? { ...record, sealed } : record),
    }),
    await resealEach(vault, store.producers, "byName", [organization], {
      read: ({ callbackSecret }) => callbackSecret,
      write: (record, callbackSecret) => ({ ...record, callbackSecret }),
    }),
    await resealEach(vault, store.producers, "byName", [organization], {
      read: ({ formerSecret }) => formerSecret?.sealed,
      write: (record, sealed) =>
        record.formerSecret
          ? { ...record, formerSecret: { ...record.formerSecret, sealed } }
          : record,
    }),
    await resealEach(vault, store.producers, "byName", [organization], {
      read: ({ callback }) => (typeof callback === "object" ? callback.sealed : undefined),
      write: (record, sealed) =>
        typeof record.callback === "object"
          ? { ...record, callback: { ...record.callback, sealed } }
          : record,
      placeOf: ({ id }) => producerCallbackPlace(id),
    }),
    await resealEach(vault, store.enteredSettings, "byId", [organization], {
      read: ({ sealed }) => sealed,
      write: (record, sealed) => ({ ...record, sealed }),
    }),
    await resealEach(vault, store.sharedSecrets, "byName", [organization], {
      read: ({ sealed }) => sealed,
      write: (record, sealed) => ({ ...record, sealed }),
    }),
  ];
  return {
    resealed: parts.reduce((sum, part) => sum + part.resealed, 0),
    unreadable: parts.flatMap((part) => part.unreadable),
  };
}

/** Where a record keeps its sealed secret. */
interface Field<Value> {
  readonly read: (record: Value) => string | undefined;
  readonly write: (record: Value, sealed: string) => Value;
  /** The place that it is sealed for; the record's id where nothing else is said. */
  readonly placeOf?: (record: Value) => string;
}

async function resealEach<Value extends Stored, Index extends string>(
  vault: RotatingVault,
  records: Records<Value, Index>,
  index: Index,
  prefix: readonly string[],
  field: Field<Value>,
): Promise<Resealed> {
  const outcomes: Outcome[] = [];
  let last: Value | undefined;
  do {
    const after: { after?: string } = last ? { after: records.cursorOf(index, last) } : {};
    const part = await records.scan(index, { prefix, limit: oneLook, ...after });
    outcomes.push(...(await Promise.all(part.map((one) => reseal(vault, records, one, field)))));
    last = part.length === oneLook ? part.at(-1) : undefined;
  } while (last);
  return {
    resealed: outcomes.filter(({ kind }) => kind === "resealed").length,
    unreadable: outcomes.flatMap((one) => (one.kind === "unreadable" ? [one.place] : [])),
  };
}

type Outcome =
  | { readonly kind: "resealed" | "needless" }
  | { readonly kind: "unreadable"; readonly place: string };

async function reseal<Value extends Stored, Index extends string>(
  vault: RotatingVault,
  records: Records<Value, Index>,
  first: Value,
  { read, write, placeOf = ({ id }) => id }: Field<Value>,
): Promise<Outcome> {
  let record: Value | undefined = first;
  while (record) {
    const sealed = read(record);
    if (!sealed || vault.isNewest(sealed)) return { kind: "needless" };
    const secret = openOrNothing(vault, sealed, placeOf(record));
    if (secret === undefined) return { kind: "unreadable", place: record.id };
    const fresh = write(record, vault.seal(secret, placeOf(record)));
    const next = { ...fresh, revision: record.revision + 1 };
    if ((await records.replace(next, record.revision)) === "saved") return { kind: "resealed" };
    record = await records.get(record.id);
  }
  return { kind: "needless" };
}

function openOrNothing(vault: RotatingVault, sealed: string, place: string): string | undefined {
  try {
    return vault.open(sealed, place);
  } catch (cause) {
    if (cause instanceof HubError && cause.code === "secret_unreadable") return undefined;
    throw cause;
  }
}
