import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Audit, createAudit } from "../../../core/audit/audit.ts";
import { hashOfLine } from "../../../core/domain/audit.ts";
import { createHub } from "../../../core/hub.ts";
import type { AuditBlock } from "../../../core/ports/small-records.ts";
import { organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const ann = { kind: "person", id: "per_ann", name: "Ann", via: "web" } as const;
const count = 12;

type AuditBlocks = World["store"]["auditBlocks"];

let world: World;
/** Another one is another process over the same database. */
const process = (): Audit => createAudit({ ...world, wallClock: world.clock });
const rows = () => world.store.auditBlocks.scan("byFirst", { prefix: [organization], limit: 500 });

beforeEach(async () => {
  world = await openWorld();
  const audit = process();
  for (let n = 1; n <= count; n += 1) {
    await audit.record({ action: "thing.changed", details: { n } }, ann);
  }
  expect(await rows()).toHaveLength(count);
});
afterEach(() => world.close());

/** What somebody with the database in hand does to it: no rule of ours holds them. */
const tampering = {
  edit: async ([, block]: readonly AuditBlock[]) => {
    const lines = block?.lines.map((line) => line.replace('"Ann"', '"Bob"')) ?? [];
    await force({ ...(block as AuditBlock), lines });
  },
  "edit of the last one": async (blocks: readonly AuditBlock[]) => {
    const last = blocks.at(-1) as AuditBlock;
    await force({ ...last, lines: last.lines.map((line) => line.replace('"Ann"', '"Bob"')) });
  },
  removal: async ([, , block]: readonly AuditBlock[]) => {
    await world.store.auditBlocks.remove(block?.id ?? "");
  },
  "removal of the first": async ([block]: readonly AuditBlock[]) => {
    await world.store.auditBlocks.remove(block?.id ?? "");
  },
  insertion: async ([, , block]: readonly AuditBlock[]) => {
    const copy = block as AuditBlock;
    await world.store.auditBlocks.insert({ ...copy, id: `${copy.id} again` });
  },
  "insertion behind the end": async (blocks: readonly AuditBlock[]) => {
    const last = blocks.at(-1) as AuditBlock;
    const forged = last.lines.map((line) =>
      line.replace(`"number":${count}`, `"number":${count + 1}`),
    );
    await world.store.auditBlocks.insert({ ...last, id: "x", first: count + 1, lines: forged });
  },
  reordering: async (blocks: readonly AuditBlock[]) => {
    const [a, b] = [blocks[3] as AuditBlock, blocks[4] as AuditBlock];
    await force({ ...a, lines: b.lines });
    await force({ ...b, lines: a.lines });
  },
  "cutting off the end": async (blocks: readonly AuditBlock[]) => {
    for (const { id } of blocks.slice(-3)) await world.store.auditBlocks.remove(id);
  },
  "cutting off everything": async (blocks: readonly AuditBlock[]) => {
    for (const { id } of blocks) await world.store.auditBlocks.remove(id);
  },
  "cutting off the end and the head": async (blocks: readonly AuditBlock[]) => {
    await world.store.auditBlocks.remove(blocks.at(-1)?.id ?? "");
    await world.store.auditHeads.remove(organization);
  },
  "cutting off the end under a forged head": async (blocks: readonly AuditBlock[]) => {
    await world.store.auditBlocks.remove(blocks.at(-1)?.id ?? "");
    const head = await world.store.auditHeads.get(organization);
    if (!head) throw new Error("no head");
    const hash = hashOfLine(blocks.at(-2)?.lines.at(-1) ?? "");
    await world.store.auditHeads.replace({ ...head, number: count - 1, hash }, head.revision);
  },
} as const;

async function force(block: AuditBlock): Promise<void> {
  await world.store.auditBlocks.remove(block.id);
  await world.store.auditBlocks.insert(block);
}

describe("the chain of the audit log", () => {
  it("R11 H5: stands as it was written", async () => {
    const verified = await process().verify();
    expect(verified).toMatchObject({ kind: "intact", head: { number: count } });
  });

  it.each(Object.entries(tampering))("R11 H5: shows %s", async (_, tamper) => {
    await tamper(await rows());
    // A process that started after it, and so remembers nothing.
    expect((await process().verify()).kind).toBe("broken");
  });

  it("R11 H5: rewritten from a row on, with every key of the hub, does not fit a head noted elsewhere", async () => {
    const before = await process().verify();
    if (before.kind !== "intact") throw new Error("broken");
    for (const { id } of await rows()) await world.store.auditBlocks.remove(id);
    await world.store.auditHeads.remove(organization);
    const forger = process();
    for (let n = 1; n <= count + 5; n += 1) {
      await forger.record({ action: "thing.changed", details: { n } }, { ...ann, name: "Bob" });
    }
    expect((await process().verify()).kind).toBe("intact");
    expect(await process().verify(before.head)).toMatchObject({ kind: "broken", at: count });
  });

  it("H5: is one chain, whoever of eight processes writes at once", async () => {
    const processes = Array.from({ length: 8 }, process);
    const each = Array.from({ length: 25 }, (_, n) => n);
    await Promise.all(
      processes.flatMap((audit, who) =>
        each.map((n) => audit.record({ action: "thing.changed", details: { who, n } }, ann)),
      ),
    );
    const verified = await process().verify();
    expect(verified).toMatchObject({ kind: "intact", head: { number: count + 200 } });
    const { items } = await process().read({ limit: 200, order: "descending" });
    const told = items.map(({ entry }) => JSON.stringify(entry.details));
    expect(new Set(told).size).toBe(200);
    // What comes while a record is stored goes into the next one together.
    expect((await rows()).length).toBeLessThan(count + 200);
  });

  /** A process whose store does something else with records of rows, for as long as it is told to. */
  const troubled = (insert: AuditBlocks["insert"]) => {
    const { auditBlocks } = world.store;
    const trouble = { isOver: false };
    const store = {
      ...world.store,
      auditBlocks: {
        ...auditBlocks,
        insert: (block: AuditBlock) => (trouble.isOver ? auditBlocks : { insert }).insert(block),
      },
    };
    return { trouble, store, audit: createAudit({ ...world, store, wallClock: world.clock }) };
  };
  const actions = async () => {
    const { items } = await process().read({ limit: 100, order: "ascending", after: count });
    return items.map(({ entry }) => entry.action);
  };

  it("H5: stores what the store refused, once it takes it, with the time at which it was done", async () => {
    const { trouble, audit } = troubled(async () => {
      throw new Error("disk full");
    });
    const at = world.clock.now().toISOString();
    await audit.record({ action: "thing.first" }, ann);
    await audit.record({ action: "thing.second" }, ann);
    expect(world.entries.at(-1)).toMatchObject({
      ...{ kind: "hub.trouble", where: "audit thing.second", error: "Error: disk full" },
    });
    world.clock.pass(60_000);
    await audit.storeLeft();
    expect(await actions()).toEqual([]);
    trouble.isOver = true;
    await audit.storeLeft();
    await audit.storeLeft();
    const { items } = await process().read({ limit: 2, order: "descending" });
    expect(items.map(({ entry }) => [entry.action, entry.at])).toEqual([
      ["thing.second", at],
      ["thing.first", at],
    ]);
    expect(await process().verify()).toMatchObject({ kind: "intact", head: { number: count + 2 } });
  });

  it("H5: has what the store refused stored by the hub itself", async () => {
    const { trouble, store } = troubled(async () => {
      throw new Error("disk full");
    });
    const callback = async () =>
      ({ result: { kind: "sent" }, request: null, response: null }) as const;
    const hub = createHub({ ...world, store, wallClock: world.clock, callback });
    await hub.start();
    await hub.audit.record({ action: "thing.changed" }, ann);
    trouble.isOver = true;
    await expect.poll(actions, { timeout: 5_000 }).toEqual(["thing.changed"]);
    await hub.stop();
  });

  it("H5: goes on after a write whose answer was lost, without a second row", async () => {
    const { trouble, audit } = troubled(async (block) => {
      await world.store.auditBlocks.insert(block);
      throw new Error("connection lost");
    });
    await audit.record({ action: "thing.lost" }, ann);
    expect(world.entries.at(-1)).toMatchObject({ kind: "hub.trouble", where: "audit thing.lost" });
    await process().record({ action: "thing.elsewhere" }, ann);
    trouble.isOver = true;
    await audit.record({ action: "thing.kept" }, ann);
    expect(await actions()).toEqual(["thing.lost", "thing.elsewhere", "thing.kept"]);
    expect((await process().verify()).kind).toBe("intact");
  });

  it("H5: stores a row that comes at the moment in which a look finds none", async () => {
    const audit = process();
    const looked = audit.storeLeft();
    await audit.record({ action: "thing.changed" }, ann);
    await looked;
    expect(await actions()).toEqual(["thing.changed"]);
  });

  it("H5: tells every row in the log that the store does not take before the end", async () => {
    const { audit } = troubled(async () => {
      throw new Error("disk full");
    });
    await audit.record({ action: "thing.gone", details: { n: 1 } }, ann);
    await audit.settle();
    const told = JSON.stringify(world.entries.at(-1));
    for (const part of ["audit thing.gone", "This row is lost", "Ann"]) {
      expect(told).toContain(part);
    }
  });

  it("H5: has its head written into the hub's log", async () => {
    await process().logHead();
    const verified = await process().verify();
    expect(world.entries.at(-1)).toEqual({
      kind: "audit.head",
      ...(verified.kind === "intact" ? verified.head : {}),
    });
  });

  it("is read in pages, either way, by who, what, action and time", async () => {
    const audit = process();
    world.clock.pass(60_000);
    const target = { kind: "person", id: "per_ben", name: "Ben" };
    await audit.record(
      { action: "person.changed", target },
      { ...ann, id: "per_x", name: "Xaver" },
    );
    const numbers = async (asked: object, order: "ascending" | "descending" = "descending") => {
      const found: number[] = [];
      let after: number | undefined;
      do {
        const from = after === undefined ? {} : { after };
        const page = await audit.read({ limit: 5, order, ...asked, ...from });
        found.push(...page.items.map(({ entry }) => entry.number));
        after = page.next;
      } while (after !== undefined);
      return found;
    };
    const all = Array.from({ length: count + 1 }, (_, n) => n + 1);
    expect(await numbers({}, "ascending")).toEqual(all);
    expect(await numbers({})).toEqual(all.toReversed());
    for (const asked of [
      { who: "xav" },
      { who: "per_x" },
      { what: "BEN" },
      { action: "person." },
    ]) {
      expect(await numbers(asked)).toEqual([count + 1]);
    }
    expect(await numbers({ since: world.clock.now() })).toEqual([count + 1]);
    expect(await numbers({ action: "thing.changed" })).toHaveLength(count);
    expect(await numbers({ action: "nothing" })).toEqual([]);
  });
});
