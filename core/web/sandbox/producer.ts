import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import type { Mount } from "../../ports/mount.ts";
import type { SandboxChaos, SandboxJournal } from "../../ports/sandbox.ts";
import { openReceivedCallbacks, type ReceivedCallbacks } from "./received-callbacks.ts";

/** A stand-in for the system that asks for approvals: it checks signatures as real receivers do. */
export interface SandboxProducer {
  readonly mount: Mount;
  readonly callbacks: ReceivedCallbacks["since"];
  setChaos(chaos: SandboxChaos | undefined): void;
  chaosLeft(): number;
  clear(): void;
  onChange(listener: () => void): void;
}

type Headers = Readonly<Record<string, string>>;

/** Make the producer. `secret` is its signing secret, `whsec_…`. */
export function createSandboxProducer(deps: {
  readonly path: string;
  readonly secret: string;
  readonly journal: SandboxJournal;
  readonly now: () => Date;
}): SandboxProducer {
  const { path, secret, journal, now } = deps;
  const webhook = new Webhook(secret);
  const callbacks = openReceivedCallbacks(journal);
  let chaos: SandboxChaos | undefined;
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };

  const take = (body: string, headers: Headers, failing?: SandboxChaos) => {
    const verdict = verdictOf(webhook, body, headers);
    const status = failing ? statusOf(failing) : verdict === "verified" ? 200 : 401;
    callbacks.add({
      webhook_id: headers["webhook-id"] ?? "",
      ...subjectOf(body),
      received_at: now().toISOString(),
      verdict,
      status,
      body: readJson(body),
    });
    changed();
    return status;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "POST") return void response.writeHead(405).end();
    const body = await readText(request);
    if (body === undefined) return void response.writeHead(413).end();
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const failing = chaos;
    if (!failing) return void response.writeHead(take(body, headers)).end();
    chaos = failing.next > 1 ? { ...failing, next: failing.next - 1 } : undefined;
    if (failing.effect === "after") take(body, headers, failing);
    fail(failing, response);
    changed();
  };

  return {
    // A sender that hangs up in the middle of its body is owed no answer.
    mount: { path, handle: (...wire) => void answer(...wire).catch(() => wire[1].destroy()) },
    callbacks: callbacks.since,
    setChaos: (plan) => {
      chaos = plan;
      changed();
    },
    chaosLeft: () => chaos?.next ?? 0,
    clear: () => {
      callbacks.clear();
      changed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Far above any callback of the hub. */
const mostBytes = 1_000_000;

/** Read a body to its end, so that an answer finds the sender listening; undefined when it is too large. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes <= mostBytes ? Buffer.concat(chunks).toString("utf8") : undefined;
}

/** Longer than the hub waits for an answer. */
const holdMs = 15_000;

function fail(chaos: SandboxChaos, response: ServerResponse): void {
  if (chaos.answer === "reset") return void response.destroy();
  if (chaos.answer === "timeout") return void setTimeout(() => response.destroy(), holdMs).unref();
  const status = statusOf(chaos);
  response.writeHead(status, status === 429 ? { "retry-after": "1" } : {}).end();
}

function statusOf({ answer }: SandboxChaos): number {
  if (typeof answer === "number") return answer;
  return answer === "reset" || answer === "timeout" ? 0 : 500;
}

function verdictOf(webhook: Webhook, body: string, headers: Headers): string {
  try {
    webhook.verify(body, headers);
    return "verified";
  } catch (cause) {
    return `refused: ${cause instanceof WebhookVerificationError ? cause.message : "unreadable"}`;
  }
}

const callbackShape = z.object({
  type: z.string(),
  data: z.object({ approval: z.string(), event: z.string(), revision: z.number() }),
});

function subjectOf(body: string) {
  const read = callbackShape.safeParse(readJson(body)).data;
  if (!read) return { type: "unreadable", approval: "", event: "", revision: 0 };
  const { approval, event, revision } = read.data;
  return { type: read.type, approval, event, revision };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
