import { firstLook } from "../web/overview/first-steps.ts";
import type { SandboxSample } from "../web/sandbox/sandbox-deps.ts";

/** What a newcomer finds waiting. Its id keeps it single over restarts. */
export const firstEvent = {
  id: firstLook,
  type: "deploy.requested",
  subject: "billing/3.0.1",
  data: {
    service: "billing",
    version: "3.0.1",
    environment: "production",
    change: "14 commits, 1 migration",
    approval: { requested_by: "chloe@example.com" },
  },
};

const curlEvent = {
  type: "deploy.requested",
  subject: "web/1.4.2",
  data: { service: "web", version: "1.4.2", environment: "production" },
};

/** What the page offers to send. */
export const samples: readonly SandboxSample[] = [
  {
    label: "Production deploy",
    note: "Asks for an approval in both chats. Asked by Chloé.",
    event: {
      ...curlEvent,
      data: {
        ...curlEvent.data,
        change: "3 commits",
        approval: { requested_by: "chloe@example.com" },
      },
    },
  },
  {
    label: "Short deadline, own buttons",
    note: "The producer names its buttons; the request expires in 15 minutes.",
    event: {
      type: "deploy.requested",
      subject: "api/7.0.0",
      data: {
        title: "Deploy api 7.0.0",
        body: "Adds the export endpoint. Rolls out to one region first.",
        service: "api",
        environment: "production",
        approval: {
          expires_in: "15m",
          requested_by: "chloe@example.com",
          actions: [
            { id: "deploy", choice: "approve", label: "Deploy" },
            { id: "hold", choice: "reject", label: "Hold" },
          ],
        },
      },
    },
  },
  {
    label: "Staging deploy",
    note: "The second rule takes it: information, nothing to decide.",
    event: {
      type: "deploy.finished",
      subject: "web/1.4.2",
      data: { service: "web", version: "1.4.2", environment: "staging", took: "41 s" },
    },
  },
  {
    label: "Alert",
    note: "Goes to #ops and to Ops › Incidents, by its level.",
    event: {
      type: "alert.triggered",
      subject: "disk/db-1",
      data: {
        rule: "Disk almost full on db-1",
        metric: "disk.used",
        value: "93 %",
        threshold: "90 %",
      },
    },
  },
  {
    label: "A type nobody knows",
    note: "No rule takes it, so it goes to the fallback, #ops.",
    event: { type: "backup.done", subject: "db-1", data: { size: "12.4 GB" } },
  },
];

/** The command that posts a first event, ready to paste. */
export const curlFor = (url: string, apiKey: string) =>
  `curl -sS ${url}/v1/events -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(curlEvent)}'`;
