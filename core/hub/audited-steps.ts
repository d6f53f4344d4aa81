import type { Audit } from "../audit/audit.ts";
import type { Actor, AuditAct } from "../domain/audit.ts";
import type { DeliveryId } from "../domain/ids.ts";
import { accountId } from "../domain/person.ts";
import type { Click, Inbox } from "../ports/inbox.ts";

/** The same inbox, which tells of refused clicks: nothing was stored of them that the store could tell. */
export function auditInbox(inbox: Inbox, audit: Audit): Inbox {
  return {
    ...inbox,
    click: async (click) => {
      const answer = await inbox.click(click);
      if (answer.kind === "refused" && !answer.repeated) {
        // Whoever clicked waits for the answer, and not for the row.
        void audit.record(refusedAct(click, answer.refusal), accountOf(click));
      }
      return answer;
    },
  };
}

/** Somebody of outside is denied in the words that auditors look for (A12). */
const refusedAct = ({ value, action }: Click, because: string): AuditAct => {
  const id = value.split(".")[0] ?? "";
  return {
    action: because === "outsider" ? "vote.denied_external" : "vote.refused",
    target: { kind: "approval", id, name: id },
    details: { because, action },
  };
};

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
