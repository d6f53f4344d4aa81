import type { EventTypeDefinition } from "../../domain/event-type.ts";
import { count, members, sampledAt, text, time, timeText } from "../shapes.ts";

const subject = "asset-request/2041";
const link = "/requests/2041";

/** Somebody asks for a thing of the inventory, and what becomes of it there. */
export const assetRequests: readonly EventTypeDefinition[] = [
  {
    name: "asset_request_created",
    version: 1,
    about: "Somebody asks for an item of the inventory",
    level: "notice",
    schema: members(
      { requester: text, item: text },
      { quantity: count, reason: text, expires_at: time },
    ),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        requester: "chloe@example.com",
        item: "27-inch monitor",
        quantity: 2,
        reason: "The new design desk has none yet.",
        expires_at: "2026-03-04T16:00:00Z",
      },
    },
    texts: {
      title: "Equipment request: {{ data.item }}",
      body: "{{ data.reason }}",
      facts: [
        { label: "Item", value: "{{ data.item }}", bound: true },
        { label: "Quantity", value: "{{ data.quantity }}", bound: true },
        { label: "For", value: "{{ data.requester }}", bound: true },
      ],
      colour: "#0B6BCB",
    },
    approval: { kind: "opens", at: { deadline: "/expires_at", requester: "/requester" } },
  },
  {
    name: "asset_request_approved",
    version: 1,
    about: "Somebody said yes to an asset request in the inventory itself",
    level: "info",
    schema: members({ decided_by: text }, { decided_at: time, note: text, item: text }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        decided_by: "Priya Nair",
        decided_at: "2026-03-02T08:58:00Z",
        note: "Two are in stock on floor 3.",
        item: "27-inch monitor",
      },
    },
    texts: {
      title: "Equipment request approved by {{ data.decided_by }}",
      body: "{{ data.note }}",
      facts: [
        { label: "Item", value: "{{ data.item }}" },
        { label: "Approved by", value: "{{ data.decided_by }}" },
        { label: "When", value: timeText("data.decided_at") },
      ],
      colour: "#1A7F37",
    },
    approval: {
      ...{ kind: "closes", state: "approved" },
      ...{ by: "{{ data.decided_by }}", reason: "{{ data.note }}" },
    },
  },
  {
    name: "asset_request_rejected",
    version: 1,
    about: "Somebody said no to an asset request in the inventory itself",
    level: "notice",
    schema: members({ decided_by: text }, { decided_at: time, note: text, item: text }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        decided_by: "Priya Nair",
        decided_at: "2026-03-02T08:58:00Z",
        note: "Monitors are ordered again in April.",
        item: "27-inch monitor",
      },
    },
    texts: {
      title: "Equipment request rejected by {{ data.decided_by }}",
      body: "{{ data.note }}",
      facts: [
        { label: "Item", value: "{{ data.item }}" },
        { label: "Rejected by", value: "{{ data.decided_by }}" },
        { label: "When", value: timeText("data.decided_at") },
      ],
      colour: "#CF222E",
    },
    approval: {
      ...{ kind: "closes", state: "rejected" },
      ...{ by: "{{ data.decided_by }}", reason: "{{ data.note }}" },
    },
  },
  {
    name: "asset_request_fulfilled",
    version: 1,
    about: "The item of an asset request was given out",
    level: "info",
    schema: members({ item: text }, { serial: text, handed_to: text, handed_at: time }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        item: "27-inch monitor",
        serial: "MX27-00418",
        handed_to: "Chloé Martin",
        handed_at: "2026-03-02T08:45:00Z",
      },
    },
    texts: {
      title: "Handed over: {{ data.item }}",
      facts: [
        { label: "Item", value: "{{ data.item }}" },
        { label: "Serial number", value: "{{ data.serial }}" },
        { label: "Handed to", value: "{{ data.handed_to }}" },
        { label: "When", value: timeText("data.handed_at") },
      ],
    },
    approval: {
      ...{ kind: "outcome", outcome: "fulfilled" },
      detail: "{{ data.item }}{% if data.handed_to %} to {{ data.handed_to }}{% endif %}",
    },
  },
  {
    name: "asset_request_reply",
    version: 1,
    about: "Somebody writes a message on an asset request",
    level: "info",
    schema: members({ author: text, text }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: { author: "Chloé Martin", text: "One would do for the first month." },
    },
    texts: {
      title: "{{ data.author }} wrote on an equipment request",
      body: "{{ data.text }}",
      facts: [],
    },
    approval: { kind: "reply" },
  },
];
