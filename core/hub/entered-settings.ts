import { HubError } from "../domain/hub-error.ts";
import type { EnteredSettings } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** Write a platform's settings. Of two who save at once, the later one's stand. */
export async function writeEntered(
  { enteredSettings }: Pick<Store, "enteredSettings">,
  record: EnteredSettings,
): Promise<void> {
  for (;;) {
    const before = await enteredSettings.get(record.id);
    const written = before
      ? await enteredSettings.replace({ ...record, revision: before.revision + 1 }, before.revision)
      : await enteredSettings.insert(record);
    if (written === "saved" || written === "inserted") return;
  }
}

/** Change a platform's settings as they stand now. What somebody else saves or removes at the same time stays so. */
export async function changeEntered(
  { enteredSettings }: Pick<Store, "enteredSettings">,
  id: string,
  change: (now: EnteredSettings) => EnteredSettings,
): Promise<void> {
  for (;;) {
    const now = await enteredSettings.get(id);
    if (!now) return;
    const changed = { ...change(now), revision: now.revision + 1 };
    if ((await enteredSettings.replace(changed, now.revision)) === "saved") return;
  }
}

/** Open what was typed; `unreadable` when no key of this hub opens it any more. */
export function openEntered<Entry>(
  vault: Vault,
  record: EnteredSettings | undefined,
): Entry | "unreadable" | undefined {
  if (!record) return undefined;
  try {
    return JSON.parse(vault.open(record.sealed, record.id)) as Entry;
  } catch (cause) {
    if (cause instanceof HubError && cause.code === "secret_unreadable") return "unreadable";
    throw cause;
  }
}
