import type { EventTypeDefinition } from "../../domain/event-type.ts";
import { members, object, sampledAt, text, texts } from "../shapes.ts";

const subject = "UserRequest/R-000482";
const link = "/records/R-000482";
const record = { class: text, ref: text };
const recordFact = { label: "Record", value: "{{ data.class }} {{ data.ref }}" };

/** Records of a ticket system: their states and their logs. */
export const records: readonly EventTypeDefinition[] = [
  {
    name: "object.transition",
    version: 1,
    about: "A record goes from one state to another",
    level: "info",
    schema: members(
      { ...record, to_state: text },
      {
        title: text,
        from_state: text,
        allowed_transitions: texts,
        caller: text,
        team: text,
        attributes: object,
      },
    ),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        class: "UserRequest",
        ref: "R-000482",
        title: "Badge reader at the north gate is dark",
        from_state: "assigned",
        to_state: "pending",
        allowed_transitions: ["ev_resolve", "ev_reassign"],
        caller: "Aiko Mori",
        team: "Facilities",
        attributes: { priority: "high", site: "Rotterdam" },
      },
    },
    texts: {
      title: "{{ data.ref }} is {{ data.to_state }} now",
      facts: [
        recordFact,
        { label: "Was", value: "{{ data.from_state }}" },
        { label: "Is", value: "{{ data.to_state }}", bound: true },
        { label: "Caller", value: "{{ data.caller }}" },
        { label: "Team", value: "{{ data.team }}" },
      ],
    },
    attributes: { general: ["attributes.priority", "attributes.site"] },
    approval: { kind: "may" },
  },
  {
    name: "object.log_updated",
    version: 1,
    about: "Somebody adds a comment or a log entry to a record",
    level: "info",
    schema: members({ ...record, author: text, text }, { title: text, log: text }),
    sample: {
      ...{ time: sampledAt, subject, link },
      data: {
        class: "UserRequest",
        ref: "R-000482",
        title: "Badge reader at the north gate is dark",
        author: "Aiko Mori",
        text: "The cable behind it is loose, I can see copper.",
        log: "public_log",
      },
    },
    texts: {
      title: "{{ data.author }} wrote on {{ data.ref }}",
      // The record's own title stands above it, so the author is named here.
      body: "{{ data.author }}: {{ data.text }}",
      facts: [recordFact, { label: "Log", value: "{{ data.log }}" }],
    },
    approval: { kind: "reply" },
  },
];
