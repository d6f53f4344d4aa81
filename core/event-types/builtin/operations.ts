import type { EventTypeDefinition } from "../../domain/event-type.ts";
import { count, members, number, sampledAt, text, time, timeText } from "../shapes.ts";

/** What an analytics or monitoring system tells of itself. */
export const operations: readonly EventTypeDefinition[] = [
  {
    name: "report.completed",
    version: 1,
    about: "A planned report is ready",
    level: "info",
    schema: members({ report: text }, { period: text, rows: count, duration_s: number }),
    sample: {
      ...{ time: sampledAt, subject: "report/weekly-churn", link: "/reports/weekly-churn" },
      data: { report: "Weekly churn", period: "Week 9", rows: 1284, duration_s: 37 },
    },
    texts: {
      title: "Report ready: {{ data.report }}",
      facts: [
        { label: "Report", value: "{{ data.report }}" },
        { label: "Period", value: "{{ data.period }}" },
        { label: "Rows", value: "{{ data.rows }}" },
        { label: "Seconds", value: "{{ data.duration_s }}" },
      ],
    },
    approval: { kind: "no" },
  },
  {
    name: "sync.failed",
    version: 1,
    about: "Reading a data source broke off",
    level: "alert",
    schema: members({ connector: text, error: text }, { last_success_at: time, retries: count }),
    sample: {
      ...{ time: sampledAt, subject: "connector/ledger", link: "/connectors/ledger" },
      data: {
        connector: "Ledger",
        error: "The source closed the connection after 30 seconds.",
        last_success_at: "2026-03-01T22:00:00Z",
        retries: 3,
      },
    },
    texts: {
      title: "Sync of {{ data.connector }} failed",
      body: "{{ data.error }}",
      facts: [
        { label: "Source", value: "{{ data.connector }}" },
        { label: "Last success", value: timeText("data.last_success_at") },
        { label: "Tries", value: "{{ data.retries }}" },
      ],
      colour: "#CF222E",
    },
    approval: { kind: "no" },
  },
  {
    name: "user.invited",
    version: 1,
    about: "A new member was invited",
    level: "info",
    schema: members({ invitee: text }, { invited_by: text, role: text }),
    sample: {
      ...{ time: sampledAt, subject: "user/mei", link: "/members" },
      data: { invitee: "mei@example.com", invited_by: "Oskar Lind", role: "Analyst" },
    },
    texts: {
      title: "{{ data.invitee }} was invited",
      facts: [
        { label: "Invited", value: "{{ data.invitee }}" },
        { label: "By", value: "{{ data.invited_by }}" },
        { label: "Role", value: "{{ data.role }}" },
      ],
    },
    approval: { kind: "no" },
  },
  {
    name: "alert.triggered",
    version: 1,
    about: "A threshold was crossed",
    level: "alert",
    schema: members(
      { rule: text },
      {
        metric: text,
        value: { type: ["number", "string"] },
        threshold: { type: ["number", "string"] },
        started_at: time,
      },
    ),
    sample: {
      ...{ time: sampledAt, subject: "disk/db-1", link: "/alerts/disk-db-1" },
      data: {
        rule: "Disk almost full on db-1",
        metric: "disk.used",
        value: "93 %",
        threshold: "90 %",
        started_at: "2026-03-02T08:52:00Z",
      },
    },
    texts: {
      title: "{{ data.rule }}",
      facts: [
        { label: "Metric", value: "{{ data.metric }}" },
        { label: "Value", value: "{{ data.value }}" },
        { label: "Threshold", value: "{{ data.threshold }}" },
        { label: "Since", value: timeText("data.started_at") },
      ],
      colour: "#CF222E",
    },
    approval: { kind: "no" },
  },
  {
    name: "user.deactivated",
    version: 1,
    about: "An account was switched off",
    level: "notice",
    schema: members({ user: text }, { deactivated_by: text, cause: text }),
    sample: {
      ...{ time: sampledAt, subject: "user/ilya", link: "/members/ilya" },
      data: {
        user: "ilya@example.com",
        deactivated_by: "Oskar Lind",
        cause: "Left the company",
      },
    },
    texts: {
      title: "{{ data.user }} was deactivated",
      facts: [
        { label: "Account", value: "{{ data.user }}" },
        { label: "By", value: "{{ data.deactivated_by }}" },
        { label: "Cause", value: "{{ data.cause }}" },
      ],
    },
    approval: { kind: "no" },
  },
];
