import type { IncomingMessage, ServerResponse } from "node:http";
import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";

/** The answer to one call. */
export interface Reply {
  readonly status: number;
  readonly body?: JsonObject | readonly JsonObject[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as the Bot Connector writes it. */
export function connectorError(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

/** The connector has no such call. */
export const notServed = connectorError(404, "NotFound", "The connector does not serve this.");

/** Write an answer. */
export function writeReply(response: ServerResponse, reply: Reply): void {
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.body === undefined) {
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.end(JSON.stringify(reply.body));
}

/** Read a whole body, up to a megabyte. Answers undefined for a longer one. */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of body) {
    length += chunk.length;
    if (length > 1024 * 1024) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Read a JSON object. Answers undefined for anything else. */
export function readObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
