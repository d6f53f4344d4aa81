import type { IncomingMessage, ServerResponse } from "node:http";
import { parse as parseForm } from "node:querystring";

/** The longest body that the local Slack reads. */
const bodyLimit = 4_000_000;

/** What was sent, name by name. Values of a form are texts, with JSON in them where an object is meant. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Answer with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  answer: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(answer));
}

/** Read a form or a JSON body. Answers undefined for what is neither. */
export async function readArguments(request: IncomingMessage): Promise<Arguments | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString("utf8");
  if (!request.headers["content-type"]?.startsWith("application/json")) return parseForm(body);
  try {
    const sent: unknown = JSON.parse(body);
    return typeof sent === "object" && sent !== null ? (sent as Arguments) : undefined;
  } catch {
    return undefined;
  }
}

/** Read an argument that is JSON inside a form, or already an object inside JSON. Answers null for broken JSON. */
export function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
