import type { z } from "zod";
import { canonicalJson, type Json, type JsonObject } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Hub } from "../hub.ts";

/** A settings file as it was read: its members by name, each of the shape that its kind says. */
export type SettingsFile = Readonly<Record<string, Json>>;

/** One thing that applying a file does. It says what it changes before anything is done. */
export interface SettingsStep {
  /** The member of the file that it belongs to. */
  readonly section: string;
  readonly name: string;
  readonly change: "added" | "changed" | "removed";
  readonly before?: Json;
  readonly after?: Json;
  /** Do it. What speaks against it now, though the file was right, is answered as a sentence. */
  readonly run: (by: string) => Promise<string | undefined>;
}

/** What the other kinds will have after the file is applied, by section. */
export type NamesAfter = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A kind of setting that can be written in a file.
 *
 * The list of kinds is all that export, diff and apply know. Kinds stand in it in the order in which they are written,
 * so that what is named is there before what names it; they are removed in the opposite order.
 */
export interface SettingsKind {
  /** The members of the file that belong to it, with their shapes. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Every name that may stand in them, for "did you mean". */
  readonly known: readonly string[];
  /** The members as they are now; what is empty is left out. */
  read(hub: Hub): Promise<JsonObject>;
  /** Taken away before anything else is done: while it stands, it may forbid what the file says. */
  readonly removedFirst?: true;
  /** The names that others may use once the file is applied; absent where nobody names this kind. */
  namesAfter?(hub: Hub, file: SettingsFile, prune: boolean): Promise<ReadonlySet<string>>;
  /** What is wrong with the members beyond their shape, with pointers into the file. */
  mistakes(
    hub: Hub,
    file: SettingsFile,
    names: NamesAfter,
    prune: boolean,
  ): Promise<readonly ProblemAt[]>;
  /** What has to be done so that the hub says what the file says. */
  steps(hub: Hub, file: SettingsFile, prune: boolean): Promise<readonly SettingsStep[]>;
}

/** A setting as it stands in the hub, beside how it is written. */
export interface NamedItem<Text, Stored> {
  readonly text: Text;
  readonly stored: Stored;
}

/** How a kind is kept whose items are a list in the file and match by name. */
export interface NamedKind<Text extends object, Stored> {
  readonly section: string;
  readonly removedFirst?: true;
  readonly schema: z.ZodType<Text>;
  readonly known: readonly string[];
  readonly nameOf: (text: Text) => string;
  /** Write items as `read` would, where people may write one thing in several ways: somebody by name or by address. */
  readonly normal?: (hub: Hub, items: readonly Text[]) => Promise<readonly Text[]>;
  readonly read: (hub: Hub) => Promise<readonly NamedItem<Text, Stored>[]>;
  readonly mistakes?: (
    hub: Hub,
    items: readonly Text[],
    names: NamesAfter,
    current: ReadonlyMap<string, NamedItem<Text, Stored>>,
  ) => Promise<readonly ProblemAt[]>;
  /** Add, or change what was read. */
  readonly save: (
    hub: Hub,
    text: Text,
    current: Stored | undefined,
    by: string,
  ) => Promise<string | undefined>;
  readonly remove: (hub: Hub, current: Stored, by: string) => Promise<string | undefined>;
}

/** Make a kind of settings out of a list of things with names. */
export function namedKind<Text extends object, Stored>(
  kind: NamedKind<Text, Stored>,
): SettingsKind {
  const { section, schema, nameOf } = kind;
  const itemsOf = (file: SettingsFile) => file[section] as unknown as readonly Text[] | undefined;
  const readByName = async (hub: Hub) =>
    new Map((await kind.read(hub)).map((item) => [nameOf(item.text), item] as const));
  return {
    shape: { [section]: schema.array().max(10_000) },
    known: kind.known,
    ...(kind.removedFirst ? { removedFirst: true } : {}),
    read: async (hub) => {
      const items = [...(await readByName(hub)).entries()].sort(([one], [other]) =>
        one < other ? -1 : 1,
      );
      return items.length === 0 ? {} : { [section]: items.map(([, { text }]) => jsonOf(text)) };
    },
    namesAfter: async (hub, file, prune) => {
      const items = itemsOf(file);
      const stay = items && prune ? [] : (await readByName(hub)).keys();
      return new Set([...stay, ...(items ?? []).map(nameOf)]);
    },
    mistakes: async (hub, file, names) => {
      const items = itemsOf(file) ?? [];
      const first = new Map(items.map((text, at) => [nameOf(text), at] as const).reverse());
      const twice = items.flatMap((text, at) =>
        first.get(nameOf(text)) === at
          ? []
          : [{ pointer: `/${section}/${at}`, message: `"${nameOf(text)}" stands here twice` }],
      );
      const own = await kind.mistakes?.(hub, items, names, await readByName(hub));
      return [...twice, ...(own ?? [])];
    },
    steps: async (hub, file, prune) => {
      const asWritten = itemsOf(file);
      if (!asWritten) return [];
      const items = (await kind.normal?.(hub, asWritten)) ?? asWritten;
      const current = await readByName(hub);
      const wanted = items.flatMap((text): SettingsStep[] => {
        const name = nameOf(text);
        const there = current.get(name);
        const run = (by: string) => kind.save(hub, text, there?.stored, by);
        const after = jsonOf(text);
        if (!there) return [{ section, name, change: "added", after, run }];
        const before = jsonOf(there.text);
        if (isSame(before, after)) return [];
        return [{ section, name, change: "changed", before, after, run }];
      });
      const named = new Set(items.map(nameOf));
      const extra = [...current].flatMap(([name, { text, stored }]): SettingsStep[] =>
        !prune || named.has(name)
          ? []
          : [
              {
                ...{ section, name, change: "removed", before: jsonOf(text) },
                run: (by) => kind.remove(hub, stored, by),
              },
            ],
      );
      return [...wanted, ...extra];
    },
  };
}

/** Members that are absent are not written. */
const jsonOf = (text: object): Json => JSON.parse(JSON.stringify(text)) as Json;

/** Tell whether two things are written alike. */
export const isSame = (one: Json, other: Json): boolean =>
  canonicalJson(one) === canonicalJson(other);
