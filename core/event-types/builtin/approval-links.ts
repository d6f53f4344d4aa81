import type { EventTypeDefinition } from "../../domain/event-type.ts";
import type { JsonObject } from "../../domain/json.ts";
import { count, members, sampledAt, text, time, timeText } from "../shapes.ts";

const subject = "webshop/deploy";
const project = "Webshop";
const key = { label: "Key", value: "{{ subject }}" };
const inProject = { label: "Project", value: "{{ data.project }}" };

/** A name of a choice, or a button in full. */
const actions: JsonObject & { readonly type: string } = {
  type: "array",
  maxItems: 5,
  items: {
    oneOf: [
      { enum: ["approve", "reject"] },
      {
        type: "object",
        properties: {
          id: { type: "string" },
          choice: { enum: ["approve", "reject"] },
          label: { type: "string" },
        },
        required: ["id", "choice", "label"],
      },
    ],
  },
};

/** A system that makes links by which people approve, guarded by a PIN. */
export const approvalLinks: readonly EventTypeDefinition[] = [
  {
    name: "approval_created",
    version: 1,
    about: "An approval link was made",
    level: "notice",
    schema: members({ project: text, info: text }, { actions, expires_at: time, ref_id: text }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: {
        project,
        info: "Roll out build 318 to all shops?",
        actions: ["approve", "reject"],
        expires_at: "2026-03-02T09:30:00Z",
        ref_id: "build-318",
      },
    },
    texts: {
      title: "{{ data.info }}",
      facts: [
        { ...inProject, bound: true },
        { ...key, bound: true },
        { label: "Reference", value: "{{ data.ref_id }}" },
      ],
      colour: "#0B6BCB",
    },
    approval: { kind: "opens", at: { deadline: "/expires_at", actions: "/actions" } },
  },
  {
    name: "approval_executed",
    version: 1,
    about: "An action of an approval link was used",
    level: "info",
    schema: members({ project: text, action: text }, { executed_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: { project, action: "approve", executed_at: "2026-03-02T08:59:00Z" },
    },
    texts: {
      title: "{{ data.project }}: {{ data.action }} was used",
      facts: [
        inProject,
        key,
        { label: "Action", value: "{{ data.action }}" },
        { label: "When", value: timeText("data.executed_at") },
      ],
      colour: "#1A7F37",
    },
    approval: {
      kind: "closes",
      state: { action: "/action" },
      by: "the link of {{ data.project }}",
    },
  },
  {
    name: "approval_expired",
    version: 1,
    about: "An approval link ran out",
    level: "warning",
    schema: members({ project: text }, { expired_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: { project, expired_at: "2026-03-02T08:55:00Z" },
    },
    texts: {
      title: "{{ data.project }}: the approval link ran out",
      facts: [inProject, key, { label: "When", value: timeText("data.expired_at") }],
      colour: "#9A6700",
    },
    approval: { kind: "closes", state: "expired" },
  },
  {
    name: "approval_invalidated",
    version: 1,
    about: "Somebody withdrew an approval link by hand",
    level: "notice",
    schema: members({ project: text }, { invalidated_by: text }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: { project, invalidated_by: "Noor Haddad" },
    },
    texts: {
      title: "{{ data.project }}: the approval link was withdrawn",
      facts: [inProject, key, { label: "Withdrawn by", value: "{{ data.invalidated_by }}" }],
      colour: "#6E7781",
    },
    approval: { kind: "closes", state: "cancelled", by: "{{ data.invalidated_by }}" },
  },
  {
    name: "pin_failed",
    version: 1,
    about: "A wrong PIN was typed at an approval link",
    level: "warning",
    schema: members({ project: text, attempts: count, max_attempts: count }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: { project, attempts: 2, max_attempts: 5 },
    },
    texts: {
      title: "{{ data.project }}: a wrong PIN was typed",
      facts: [
        inProject,
        key,
        { label: "Tries used", value: "{{ data.attempts }} of {{ data.max_attempts }}" },
      ],
      colour: "#9A6700",
    },
    approval: {
      kind: "marks",
      says: "Wrong PIN: {{ data.attempts }} of {{ data.max_attempts }} tries used",
    },
  },
  {
    name: "token_locked",
    version: 1,
    about: "An approval link is locked after too many wrong PINs",
    level: "alert",
    schema: members({ project: text }, { reason: text, locked_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link: "/approvals/wd-88" },
      data: {
        project,
        reason: "Five wrong PINs in a row",
        locked_at: "2026-03-02T08:57:00Z",
      },
    },
    texts: {
      title: "{{ data.project }}: the approval link is locked",
      facts: [
        inProject,
        key,
        { label: "Reason", value: "{{ data.reason }}" },
        { label: "When", value: timeText("data.locked_at") },
      ],
      colour: "#CF222E",
    },
    approval: {
      kind: "marks",
      says: "Locked at the producer{% if data.reason %}: {{ data.reason }}{% endif %}",
    },
  },
];
