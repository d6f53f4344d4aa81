import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { KeyRing } from "../../../core/ports/vault.ts";
import { createKeyRotation } from "../../../core/secrets/rotate-keys.ts";
import { shareRoot } from "../../../core/secrets/shared-root.ts";
import { createVault } from "../../../core/secrets.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";

const key = (number: number) => Buffer.alloc(32, number);
/** A process with keys of COUNTERSIGN_KEYS, newest first, and a data folder with a root of its own. */
const processOf = (root: number, ...ring: readonly number[]) => ({
  ring: ring.map(key),
  root: key(100 + root),
});

let store: Store;
beforeEach(() => {
  store = openSqliteStore({ path: ":memory:", clock: handClock() });
});
afterEach(() => store.close());

const share = (keys: ReturnType<typeof processOf>) => shareRoot(store, organization, keys);
const macOf = async (keys: ReturnType<typeof processOf>) =>
  createVault(await share(keys)).mac("session", "cookie");

describe("shareRoot", () => {
  it("gives every process the same root, however many come at once", async () => {
    const roots = await Promise.all(
      [1, 2, 3, 4].map(async (number) => (await share(processOf(number, 1))).root),
    );
    expect(new Set(roots.map((root) => root.toString("hex"))).size).toBe(1);
  });

  it("keeps it when the folder of the process that came first is gone", async () => {
    const first = await macOf(processOf(1, 1));
    expect(await macOf(processOf(2, 1))).toBe(first);
    expect(first).not.toBe(createVault(processOf(2, 1)).mac("session", "cookie"));
  });

  it("leaves the ring of the process as it is", async () => {
    await share(processOf(1, 1));
    expect((await share(processOf(2, 3, 1))).ring).toEqual([key(3), key(1)]);
  });

  it("refuses a process whose keys are not those of the others", async () => {
    await share(processOf(1, 1));
    const refusal = await share(processOf(2, 9)).catch((cause: unknown) => cause);
    expect(refusal).toBeInstanceOf(HubError);
    expect(refusal).toMatchObject({ code: "keys_differ" });
  });

  it("G4: keeps nothing in the database that is not sealed", async () => {
    const { root } = await share(processOf(1, 1));
    const kept = await store.sharedSecrets.scan("byName", { limit: 9 });
    expect(kept).toHaveLength(1);
    for (const form of ["base64", "base64url", "hex"] as const) {
      expect(JSON.stringify(kept)).not.toContain(root.toString(form));
    }
  });

  it("G4: goes through a rotation of the ring, after which the old key is needless", async () => {
    const before = await macOf(processOf(1, 1));
    const rotating = processOf(1, 2, 1);
    const ring: KeyRing = {
      keptBy: "operator",
      read: () => rotating.ring,
      add: () => rotating.ring,
      retire: () => rotating.ring,
    };
    const rotation = createKeyRotation({
      store,
      organization,
      vault: createVault(rotating),
      ring,
      log: { write: () => {} },
      settle: async () => {},
    });
    expect(await rotation()).toMatchObject({ kind: "rotated", resealed: 1 });
    expect(await macOf(processOf(5, 2))).toBe(before);
  });
});
