import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import type { Mount } from "../../ports/mount.ts";
import type { SandboxChaos, SandboxJournal } from "../../ports/sandbox.ts";

/** A callback as the sandbox's producer received it. */
export interface ReceivedCallback {
  /** Its place in the order of arrival, from 1. */
  readonly id: number;
  readonly webhook_id: string;
  readonly type: string;
  readonly approval: string;
  readonly event: string;
  readonly revision: number;
  readonly received_at: string;
  /** `verified`, or `refused: ` with the reason. A refused one is answered 401 and has no effect. */
  readonly verdict: string;
  /** True when a message of this id was taken before: an idempotent producer does nothing more. */
  readonly repeat: boolean;
  /** What was answered. */
  readonly status: number;
  readonly body: unknown;
}

/** A stand-in for the system that asks for approvals: it checks signatures as real receivers do. */
export interface SandboxProducer {
  readonly mount: Mount;
  /** Callbacks after a position, oldest first, with the position to go on from. */
  callbacks(since: number): { readonly items: readonly ReceivedCallback[]; readonly next: number };
  setChaos(chaos: SandboxChaos | undefined): void;
  chaosLeft(): number;
  clear(): void;
  onChange(listener: () => void): void;
}

const callbackShape = z.object({
  type: z.string(),
  data: z.object({ approval: z.string(), event: z.string(), revision: z.number() }),
});
const receivedShape = z
  .object({ id: z.number(), webhook_id: z.string(), verdict: z.string(), status: z.number() })
  .loose();

/** How many callbacks are kept. */
const kept = 500;

/** Make the producer. `secret` is its signing secret, `whsec_…`. */
export function createSandboxProducer(deps: {
  readonly path: string;
  readonly secret: string;
  readonly journal: SandboxJournal;
  readonly now: () => Date;
}): SandboxProducer {
  const { path, secret, journal, now } = deps;
  const webhook = new Webhook(secret);
  let received = journal
    .read()
    .flatMap((line) => receivedShape.safeParse(line).data ?? [])
    .slice(-kept) as unknown as readonly ReceivedCallback[];
  let chaos: SandboxChaos | undefined;
  const listeners: (() => void)[] = [];

  const take = (body: string, headers: Record<string, string>, status: number) => {
    const verdict = verdictOf(webhook, body, headers);
    const read = callbackShape.safeParse(readJson(body)).data;
    const webhookId = headers["webhook-id"] ?? "";
    const callback: ReceivedCallback = {
      id: (received.at(-1)?.id ?? 0) + 1,
      webhook_id: webhookId,
      type: read?.type ?? "unreadable",
      approval: read?.data.approval ?? "",
      event: read?.data.event ?? "",
      revision: read?.data.revision ?? 0,
      received_at: now().toISOString(),
      verdict,
      repeat: received.some((one) => one.webhook_id === webhookId && one.verdict === "verified"),
      status: verdict === "verified" ? status : 401,
      body: readJson(body),
    };
    received = [...received, callback].slice(-kept);
    journal.append(callback);
    for (const listener of listeners) listener();
    return callback;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "POST") return void response.writeHead(405).end();
    const body = await text(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const failing = chaos;
    if (failing) {
      chaos = failing.next > 1 ? { ...failing, next: failing.next - 1 } : undefined;
      if (failing.effect === "after") take(body, headers, 0);
      return fail(failing, response);
    }
    const { status } = take(body, headers, 200);
    response.writeHead(status).end();
  };

  return {
    mount: { path, handle: (request, response) => void answer(request, response) },
    callbacks: (since) => ({
      items: received.filter(({ id }) => id > since),
      next: received.at(-1)?.id ?? since,
    }),
    setChaos: (plan) => {
      chaos = plan;
    },
    chaosLeft: () => chaos?.next ?? 0,
    clear: () => {
      received = [];
      journal.rewrite([]);
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Longer than the hub waits for an answer. */
const holdMs = 15_000;

function fail({ answer }: SandboxChaos, response: ServerResponse): void {
  if (answer === "reset") return void response.destroy();
  if (answer === "timeout") return void setTimeout(() => response.destroy(), holdMs).unref();
  const status = typeof answer === "number" ? answer : 500;
  response.writeHead(status, status === 429 ? { "retry-after": "1" } : {}).end();
}

function verdictOf(webhook: Webhook, body: string, headers: Record<string, string>): string {
  try {
    webhook.verify(body, headers);
    return "verified";
  } catch (cause) {
    return `refused: ${cause instanceof WebhookVerificationError ? cause.message : "unreadable"}`;
  }
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
