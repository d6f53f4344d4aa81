import type { ConfigField } from "../../ports/destination-hook.ts";
import { say } from "../../words/say.ts";

/** What an admin says of a webhook. */
export const webhookFields: readonly ConfigField[] = [
  {
    key: "address",
    get label() {
      return say`Address`;
    },
    get help() {
      return say`Where each event is sent: https, on port 443. It is stored encrypted and shown as its host and last four characters.`;
    },
    input: "address",
    required: true,
    secret: true,
    most: 2_048,
  },
  {
    key: "method",
    get label() {
      return say`Method`;
    },
    get help() {
      return say`What the receiver expects; most expect POST.`;
    },
    input: "choice",
    choices: ["POST", "PUT", "PATCH"],
    initial: "POST",
    most: 5,
  },
  {
    key: "headers",
    get label() {
      return say`Headers`;
    },
    get help() {
      return say`One a line, as Name: value. Values may hold placeholders, such as {{ event.subject }}.`;
    },
    input: "headers",
    most: 4_000,
  },
  {
    key: "secret_headers",
    get label() {
      return say`Secret headers`;
    },
    get help() {
      return say`Credentials, one a line, such as Authorization: Bearer …. Stored encrypted, never shown again; left empty they stay.`;
    },
    input: "headers",
    secret: true,
    most: 4_000,
  },
  {
    key: "body",
    get label() {
      return say`Body`;
    },
    get help() {
      return say`JSON with LiquidJS placeholders. Left empty, the event goes out whole as CloudEvents JSON.`;
    },
    input: "body",
    most: 50_000,
  },
  {
    key: "timeout_seconds",
    get label() {
      return say`Time limit in seconds`;
    },
    get help() {
      return say`How long the receiver may take to answer: 1 to 30.`;
    },
    input: "seconds",
    initial: "10",
    most: 2,
  },
];
