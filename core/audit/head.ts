import type { AuditHead } from "../domain/audit.ts";
import type { KeptAuditHead } from "../ports/small-records.ts";
import type { AuditDeps } from "./append.ts";

/** What shows that a kept head was written by a hub of this database, and by nobody without its key. */
const proofOf = ({ organization, vault }: AuditDeps, { number, hash }: AuditHead) =>
  vault.mac("audit head", `${organization} ${number} ${hash}`);

/**
 * Keep the newest head beside the rows, so that rows cut off the end are missed.
 *
 * It never goes back, and may lag behind by what a crash cut short; it is never ahead of the rows.
 */
export async function keepHead(deps: AuditDeps, head: AuditHead): Promise<void> {
  const { organization, store } = deps;
  for (;;) {
    const kept = await store.auditHeads.get(organization);
    if (kept && kept.number >= head.number) return;
    const revision = (kept?.revision ?? 0) + 1;
    const { number, hash } = head;
    const next = {
      id: organization,
      organization,
      revision,
      number,
      hash,
      proof: proofOf(deps, head),
    };
    const written = kept
      ? (await store.auditHeads.replace(next, kept.revision)) === "saved"
      : (await store.auditHeads.insert(next)) === "inserted";
    if (written) return;
  }
}

/** Read the kept head. `forged`: it was not written by a hub with this key. */
export async function readHead(deps: AuditDeps): Promise<KeptAuditHead | "forged" | undefined> {
  const kept = await deps.store.auditHeads.get(deps.organization);
  if (!kept) return undefined;
  return kept.proof === proofOf(deps, kept) ? kept : "forged";
}
