import type { EventTypeDefinition } from "../../domain/event-type.ts";
import { listText, members, sampledAt, text, texts, time, timeText } from "../shapes.ts";

const subject = "access/7c19";
const link = "/access/7c19";
const integration = "Orders database";
const where = { label: "Integration", value: "{{ data.integration }}" };
const resources = { label: "Resources", value: listText("data.resources") };

/** A system that gives people access for a while. */
export const accessRequests: readonly EventTypeDefinition[] = [
  {
    name: "RequestCreated",
    version: 1,
    about: "Somebody asks for access",
    level: "notice",
    schema: members(
      { requester: text, integration: text },
      {
        resource_type: text,
        resources: texts,
        permissions: texts,
        environment: text,
        duration: text,
        justification: text,
      },
    ),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        requester: "chloe@example.com",
        integration,
        resource_type: "PostgreSQL database",
        resources: ["orders", "refunds"],
        permissions: ["read"],
        environment: "production",
        duration: "4 hours",
        justification: "A customer was charged twice; I look for the second booking.",
      },
    },
    texts: {
      title: "Access to {{ data.integration }}",
      body: "{{ data.justification }}",
      facts: [
        { label: "For", value: "{{ data.requester }}", bound: true },
        { ...where, bound: true },
        { label: "Kind", value: "{{ data.resource_type }}" },
        { ...resources, bound: true },
        { label: "Permissions", value: listText("data.permissions"), bound: true },
        { label: "Environment", value: "{{ data.environment }}", bound: true },
        { label: "Duration", value: "{{ data.duration }}", bound: true },
      ],
      buttons: { approve: "Give access" },
      colour: "#0B6BCB",
    },
    approval: { kind: "opens", at: { requester: "/requester" } },
  },
  {
    name: "RequestApproved",
    version: 1,
    about: "Access was approved in the access system itself",
    level: "info",
    schema: members({ decided_by: text }, { approval_mode: text, decided_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        decided_by: "Samir Okafor",
        approval_mode: "manual",
        decided_at: "2026-03-02T08:56:00Z",
      },
    },
    texts: {
      title: "Access approved by {{ data.decided_by }}",
      facts: [
        { label: "Approved by", value: "{{ data.decided_by }}" },
        { label: "How", value: "{{ data.approval_mode }}" },
        { label: "When", value: timeText("data.decided_at") },
      ],
      colour: "#1A7F37",
    },
    approval: { kind: "closes", state: "approved", by: "{{ data.decided_by }}" },
  },
  {
    name: "RequestExpired",
    version: 1,
    about: "A request for access ran out, or the access that it gave",
    level: "warning",
    schema: members({ expired_at: time }, { requester: text, integration: text }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        expired_at: "2026-03-02T08:50:00Z",
        requester: "chloe@example.com",
        integration,
      },
    },
    texts: {
      title: "Access request ran out",
      facts: [
        { label: "For", value: "{{ data.requester }}" },
        where,
        { label: "When", value: timeText("data.expired_at") },
      ],
      colour: "#9A6700",
    },
    approval: { kind: "closes", state: "expired", mayFollowApproval: true },
  },
  {
    name: "RequestFailed",
    version: 1,
    about: "Access was approved, and giving it did not work",
    level: "alert",
    schema: members({ error: text }, { integration: text, resources: texts }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        error: "The role app_readonly does not exist on the database.",
        integration,
        resources: ["orders", "refunds"],
      },
    },
    texts: {
      title: "Access could not be given",
      body: "{{ data.error }}",
      facts: [where, resources],
      colour: "#CF222E",
    },
    approval: { kind: "outcome", outcome: "failed", detail: "{{ data.error }}" },
  },
  {
    name: "RequestGranted",
    version: 1,
    about: "Access is in place",
    level: "info",
    schema: members(
      { integration: text },
      { granted_until: time, resources: texts, permissions: texts },
    ),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        integration,
        granted_until: "2026-03-02T13:00:00Z",
        resources: ["orders", "refunds"],
        permissions: ["read"],
      },
    },
    texts: {
      title: "Access to {{ data.integration }} is in place",
      facts: [
        where,
        resources,
        { label: "Permissions", value: listText("data.permissions") },
        { label: "Until", value: timeText("data.granted_until") },
      ],
      colour: "#1A7F37",
    },
    approval: {
      ...{ kind: "outcome", outcome: "granted" },
      detail: `{% if data.granted_until %}until ${timeText("data.granted_until")}{% endif %}`,
    },
  },
  {
    name: "RequestRejected",
    version: 1,
    about: "Access was rejected in the access system itself",
    level: "notice",
    schema: members({ decided_by: text }, { reason: text, decided_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        decided_by: "Samir Okafor",
        reason: "The copy of last night is enough for this.",
        decided_at: "2026-03-02T08:56:00Z",
      },
    },
    texts: {
      title: "Access rejected by {{ data.decided_by }}",
      body: "{{ data.reason }}",
      facts: [
        { label: "Rejected by", value: "{{ data.decided_by }}" },
        { label: "When", value: timeText("data.decided_at") },
      ],
      colour: "#CF222E",
    },
    approval: {
      ...{ kind: "closes", state: "rejected" },
      ...{ by: "{{ data.decided_by }}", reason: "{{ data.reason }}" },
    },
  },
];
