import type { OrganizationId } from "../domain/ids.ts";
import type { HubChoices } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";

/** What admins choose for the hub as a whole, without what makes it a record. */
type Choices = Pick<HubChoices, "operations" | "defaultRole">;

/** Change one choice and keep the others, whoever else chooses at the same moment. */
export async function changeChoices(
  deps: { readonly organization: OrganizationId; readonly store: Pick<Store, "hubChoices"> },
  change: (choices: Choices) => Choices,
): Promise<void> {
  const { organization, store } = deps;
  for (;;) {
    const kept = await store.hubChoices.get(organization);
    const own = { id: organization, organization, revision: (kept?.revision ?? 0) + 1 };
    const next = { ...change(kept ?? {}), ...own };
    const written = kept
      ? await store.hubChoices.replace(next, kept.revision)
      : await store.hubChoices.insert(next);
    if (written === "saved" || written === "inserted") return;
  }
}
