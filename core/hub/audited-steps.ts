import type { Audit } from "../audit/audit.ts";
import type { Actor, AuditAct } from "../domain/audit.ts";
import { type DeliveryId, parseId } from "../domain/ids.ts";
import { accountId } from "../domain/person.ts";
import type { Click, Inbox } from "../ports/inbox.ts";
import type { Store } from "../ports/store.ts";

/** The same inbox, which tells of refused clicks: nothing was stored of them that the store could tell. */
export function auditInbox(inbox: Inbox, audit: Audit, store: Pick<Store, "approvals">): Inbox {
  const tell = async (click: Click, refusal: string) =>
    audit.record(await refusedAct(store, click, refusal), accountOf(click));
  return {
    ...inbox,
    click: async (click) => {
      const answer = await inbox.click(click);
      if (answer.kind === "refused" && !answer.repeated) {
        // Whoever clicked waits for the answer, and not for the row.
        void tell(click, answer.refusal);
      }
      return answer;
    },
  };
}

/** Somebody of outside is denied in the words that auditors look for (A12). */
async function refusedAct(
  { approvals }: Pick<Store, "approvals">,
  { value, action }: Click,
  because: string,
): Promise<AuditAct> {
  const id = value.split(".")[0] ?? "";
  const known = parseId("approval", id);
  const approval = known && (await approvals.get(known).catch(() => undefined));
  return {
    action: because === "outsider" ? "vote.denied_external" : "vote.refused",
    target: { kind: "approval", id, name: approval?.title ?? id },
    details: { because, action },
  };
}

const accountOf = ({ platform, workspace, user, owner }: Click): Actor => ({
  ...{ kind: "account", id: accountId(platform, workspace, user) },
  ...{ name: owner?.name ?? user, via: platform },
});

/** The same step, which tells that somebody put a delivery back or hurried it. */
export function auditHand<Answer extends Queued | { readonly kind: "refused" } | undefined>(
  word: string,
  audit: Audit,
  step: (id: DeliveryId) => Promise<Answer>,
): (id: DeliveryId) => Promise<Answer> {
  return async (id) => {
    const answer = await step(id);
    if (answer?.kind === "queued") {
      const target = { kind: "delivery", id, name: answer.delivery.label };
      await audit.record({ action: `delivery.${word}`, target });
    }
    return answer;
  };
}

type Queued = { readonly kind: "queued"; readonly delivery: { readonly label: string } };
