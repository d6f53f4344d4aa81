import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSecrets } from "../../../core/data-folder/secrets-file.ts";
import { openOwnAddress, sealOwnAddress } from "../../../core/deliveries/callback-address.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Producer } from "../../../core/domain/producer.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import type { LogEntry } from "../../../core/ports/log.ts";
import type { Store } from "../../../core/ports/store.ts";
import { createKeyRotation } from "../../../core/secrets/rotate-keys.ts";
import { createVault } from "../../../core/secrets.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";

let folder = "";
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rotate-"));
  store = openSqliteStore({ path: ":memory:", clock: handClock() });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const keysOnDisk = () =>
  (JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8")) as { keys: readonly string[] })
    .keys;

/** A hub's start on the folder, as far as secrets go. */
function begin(
  fromEnvironment: readonly Buffer[] = [],
  settle: () => Promise<void> = async () => {},
) {
  const { vault: keys, keyRing: ring } = openSecrets(folder, fromEnvironment);
  const vault = createVault(keys);
  const lines: LogEntry[] = [];
  const log = { write: (entry: LogEntry) => void lines.push(entry) };
  return {
    vault,
    ring,
    lines,
    installations: createInstallations(store, vault, organization),
    rotate: createKeyRotation({ store, organization, vault, ring, log, settle }),
  };
}

type Begun = ReturnType<typeof begin>;

const producerId = (number: number) => deriveId("producer", number);

async function keepProducers({ vault }: Begun, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const producer = (number: number): Producer => ({
    id: producerId(number),
    organization,
    revision: 1,
    name: `producer ${number}`,
    callbackHosts: [],
    callbackSecret: vault.seal(`whsec_${number}`, producerId(number)),
    mayNamePolicies: false,
  });
  await Promise.all(numbers.map((number) => store.producers.insert(producer(number))));
}

async function secretOf({ vault }: Begun, number: number): Promise<string> {
  const producer = await store.producers.get(producerId(number));
  return vault.open(producer?.callbackSecret ?? "", producerId(number));
}

const keepSlack = ({ installations }: Begun, slackTeamId: string) =>
  installations.save({
    platform: "slack",
    slackTeamId,
    name: slackTeamId,
    botToken: `xoxb-${slackTeamId}`,
    botId: "B",
    botUserId: "U",
    scopes: [],
  });

describe("rotating the keys", () => {
  it("R9: seals a producer's former secret and its own address anew too", async () => {
    const hub = begin();
    await keepProducers(hub, 1);
    const id = producerId(0);
    const before = await store.producers.get(id);
    if (!before) throw new Error("The producer is not there.");
    const sealed = hub.vault.seal("whsec_former", id);
    const address = "https://ci.example/hooks/secret";
    const callback = sealOwnAddress(hub.vault, id, address);
    const formerSecret = { sealed, endsAt: new Date() };
    await store.producers.replace({ ...before, revision: 2, callback, formerSecret }, 1);
    await hub.rotate();
    const next = begin();
    const after = await store.producers.get(id);
    expect(after?.formerSecret?.sealed).not.toBe(sealed);
    expect(next.vault.open(after?.formerSecret?.sealed ?? "", id)).toBe("whsec_former");
    expect(openOwnAddress(next.vault, id, after?.callback ?? "")).toBe(address);
  });

  it("R9: seals hundreds of secrets anew while they are read, and none ever fails to open", async () => {
    const hub = begin();
    await keepProducers(hub, 600);
    await keepSlack(hub, "T1");
    const [old] = keysOnDisk();
    let read = 0;
    let ended = false;
    const readers = Array.from({ length: 8 }, async (_, reader) => {
      for (let number = reader; !ended; number = (number + 8) % 600) {
        expect(await secretOf(hub, number)).toBe(`whsec_${number}`);
        expect((await hub.installations.slack("T1"))?.botToken).toBe("xoxb-T1");
        read += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const rotated = await hub.rotate();
    ended = true;
    await Promise.all(readers);
    expect(rotated).toMatchObject({ kind: "rotated", keptBy: "hub", resealed: 601, retired: 1 });
    expect(read).toBeGreaterThan(0);
    expect(keysOnDisk()).toHaveLength(1);
    expect(keysOnDisk()[0]).not.toBe(old);
    const next = begin();
    expect(await secretOf(next, 599)).toBe("whsec_599");
    expect((await next.installations.slack("T1"))?.botToken).toBe("xoxb-T1");
  });

  it("seals what is new under the new key at once, in the same process", async () => {
    const hub = begin();
    const before = hub.vault.newestName();
    const rotated = await hub.rotate();
    expect(hub.vault.newestName()).not.toBe(before);
    expect(rotated).toMatchObject({ newest: hub.vault.newestName() });
    expect(hub.vault.isNewest(hub.vault.seal("s", "a"))).toBe(true);
    expect(hub.lines).toEqual([
      { kind: "keys.rotated", newest: hub.vault.newestName(), resealed: 0, retired: 1 },
    ]);
  });

  it("R9: retires no key while a look still finds what it sealed", async () => {
    let pauses = 0;
    const hub = begin([], async () => {
      pauses += 1;
      if (pauses > 1) return;
      // One writer was slow and stores in the pause, another one while what the first has left is found.
      await storeLate(0);
      const { scan } = store.sharedSecrets;
      store.sharedSecrets.scan = async (...asked) => {
        store.sharedSecrets.scan = scan;
        await storeLate(1);
        return scan(...asked);
      };
    });
    await keepProducers(hub, 2);
    const before = await Promise.all(
      [0, 1].map((number) => store.producers.get(producerId(number))),
    );
    const storeLate = async (number: number) => {
      const { callbackSecret = "" } = before[number] ?? {};
      const now = await store.producers.get(producerId(number));
      if (!now) throw new Error("The producer is not there.");
      const next = { ...now, callbackSecret, revision: now.revision + 1 };
      expect(await store.producers.replace(next, now.revision)).toBe("saved");
    };
    expect(await hub.rotate()).toMatchObject({ kind: "rotated", resealed: 4, retired: 1 });
    const next = begin();
    for (const number of [0, 1]) expect(await secretOf(next, number)).toBe(`whsec_${number}`);
  });

  it("R9: retires none, and says so, beside a process that seals under an old key again and again", async () => {
    const hub = begin([], async () => {
      const now = await store.producers.get(producerId(0));
      if (!now || !old) throw new Error("The producer is not there.");
      const next = { ...now, callbackSecret: old, revision: now.revision + 1 };
      await store.producers.replace(next, now.revision);
    });
    await keepProducers(hub, 1);
    const old = (await store.producers.get(producerId(0)))?.callbackSecret;
    // Whoever is told that all is done throws the old key away.
    expect(await hub.rotate()).toEqual({ kind: "unsettled" });
    expect(await secretOf(begin(), 0)).toBe("whsec_0");
  });

  it("keeps a secret that somebody changes meanwhile", async () => {
    const hub = begin();
    await keepProducers(hub, 1);
    const { producers } = store;
    let changed = false;
    const change = async (current: Producer) => {
      const callbackSecret = hub.vault.seal("whsec_changed", current.id);
      await producers.replace({ ...current, callbackSecret, revision: 2 }, 1);
    };
    const contested = {
      destinations: store.destinations,
      installations: store.installations,
      sharedSecrets: store.sharedSecrets,
      enteredSettings: store.enteredSettings,
      producers: {
        ...producers,
        replace: async (record: Producer, revision: number) => {
          const current = changed ? undefined : await producers.get(record.id);
          changed = true;
          if (current) await change(current);
          return producers.replace(record, revision);
        },
      },
    };
    const rotate = createKeyRotation({ ...depsOf(hub), store: contested });
    expect((await rotate()).kind).toBe("rotated");
    expect(changed).toBe(true);
    expect(await secretOf(hub, 0)).toBe("whsec_changed");
  });

  it("finds a secret that was sealed with the old key and written after the first look", async () => {
    let late = async () => {};
    const hub = begin([], () => late());
    const sealedBefore = hub.vault.seal("whsec_late", producerId(7));
    late = async () => {
      await keepProducers(hub, 8);
      const record = await store.producers.get(producerId(7));
      if (!record) throw new Error("The record is missing.");
      await store.producers.replace({ ...record, callbackSecret: sealedBefore, revision: 2 }, 1);
    };
    expect(await hub.rotate()).toMatchObject({ kind: "rotated", resealed: 1 });
    expect(await secretOf(begin(), 7)).toBe("whsec_late");
  });

  it("goes on after a crash with the key that was added, and makes no second one", async () => {
    const crashing = begin([], () => Promise.reject(new Error("killed")));
    await keepProducers(crashing, 3);
    await expect(crashing.rotate()).rejects.toThrow("killed");
    const [added, old] = keysOnDisk();
    expect(old).toBeDefined();
    const next = begin();
    expect(await secretOf(next, 2)).toBe("whsec_2");
    expect(await next.rotate()).toMatchObject({ kind: "rotated", retired: 1 });
    expect(keysOnDisk()).toEqual([added]);
  });

  it("retires nothing while a secret opens with no key, and names its place", async () => {
    const hub = begin();
    await keepProducers(hub, 2);
    const record = await store.producers.get(producerId(1));
    if (!record) throw new Error("The record is missing.");
    const stranger = createVault({ ring: [Buffer.alloc(32, 5)], root: Buffer.alloc(32, 6) });
    const callbackSecret = stranger.seal("whsec_lost", record.id);
    await store.producers.replace({ ...record, callbackSecret, revision: 2 }, 1);
    expect(await hub.rotate()).toEqual({ kind: "unreadable", places: [producerId(1)] });
    expect(keysOnDisk()).toHaveLength(2);
    expect(await secretOf(begin(), 0)).toBe("whsec_0");
    expect(hub.lines).toEqual([]);
  });

  it("G4: takes a sealed text that was moved to another row for unreadable", async () => {
    const hub = begin();
    await keepProducers(hub, 2);
    const [one, other] = [
      await store.producers.get(producerId(0)),
      await store.producers.get(producerId(1)),
    ];
    if (!one || !other) throw new Error("A record is missing.");
    await store.producers.replace({ ...one, callbackSecret: other.callbackSecret, revision: 2 }, 1);
    expect(await hub.rotate()).toEqual({ kind: "unreadable", places: [producerId(0)] });
  });

  it("seals under the first key of COUNTERSIGN_KEYS, and forgets the keys of the file", async () => {
    const own = begin();
    await keepProducers(own, 2);
    const given = Buffer.alloc(32, 3);
    const hub = begin([given]);
    expect(await hub.rotate()).toMatchObject({
      kind: "rotated",
      keptBy: "operator",
      resealed: 2,
      retired: 1,
    });
    expect(keysOnDisk()).toEqual([]);
    expect(await secretOf(begin([given]), 1)).toBe("whsec_1");
    expect(() => begin()).toThrow(/holds no key/);
  });

  it("runs once for all who ask at the same time", async () => {
    const hub = begin();
    const [one, other] = await Promise.all([hub.rotate(), hub.rotate()]);
    expect(other).toBe(one);
    expect(hub.lines).toHaveLength(1);
  });

  it("leaves the admin key and what macs come from as they are", async () => {
    const before = openSecretsOf();
    await begin().rotate();
    const after = openSecretsOf();
    expect([after.adminKey, after.vault.root]).toEqual([before.adminKey, before.vault.root]);
  });
});

const openSecretsOf = () => openSecrets(folder);

function depsOf({ vault, ring, lines }: Begun) {
  const log = { write: (entry: LogEntry) => void lines.push(entry) };
  return { store, organization, vault, ring, log, settle: async () => {} };
}
