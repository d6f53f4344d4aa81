import type { ConfigField } from "../../ports/destination-hook.ts";

/** What an admin says of a webhook. */
export const webhookFields: readonly ConfigField[] = [
  {
    key: "address",
    label: "Address",
    help: "Where each event is sent: https, on port 443. It is stored encrypted and shown as its host and last four characters.",
    input: "address",
    required: true,
    secret: true,
    most: 2_048,
  },
  {
    key: "method",
    label: "Method",
    help: "What the receiver expects; most expect POST.",
    input: "choice",
    choices: ["POST", "PUT", "PATCH"],
    initial: "POST",
    most: 5,
  },
  {
    key: "headers",
    label: "Headers",
    help: "One a line, as Name: value. Values may hold placeholders, such as {{ event.subject }}.",
    input: "headers",
    most: 4_000,
  },
  {
    key: "secret_headers",
    label: "Secret headers",
    help: "Credentials, one a line, such as Authorization: Bearer …. Stored encrypted, never shown again; left empty they stay.",
    input: "headers",
    secret: true,
    most: 4_000,
  },
  {
    key: "body",
    label: "Body",
    help: "JSON with LiquidJS placeholders. Left empty, the event goes out whole as CloudEvents JSON.",
    input: "body",
    most: 50_000,
  },
  {
    key: "timeout_seconds",
    label: "Time limit in seconds",
    help: "How long the receiver may take to answer: 1 to 30.",
    input: "seconds",
    initial: "10",
    most: 2,
  },
];
