import type { ServerResponse } from "node:http";
import type { SandboxChaos } from "../../core/ports/sandbox.ts";
import { sendJson } from "./http.ts";

/** How long a call that never answers is held at most. */
const longestMs = 15_000;

/** Calls that were asked to fail. */
export class Chaos {
  #asked: SandboxChaos | undefined;
  #left = 0;

  set(chaos: SandboxChaos | undefined): void {
    this.#asked = chaos;
    this.#left = chaos?.next ?? 0;
  }

  get left(): number {
    return this.#left;
  }

  /**
   * Take one failure for this call, if one was asked for. Where a method is named, only its calls fail, else all that
   * post, edit or open something; where a channel is named, only calls about it.
   */
  take(method: string, channel: string | undefined): SandboxChaos | undefined {
    const asked = this.#asked;
    if (!asked || this.#left <= 0) return undefined;
    const isKind = asked.method ? asked.method === method : /^(chat|views)\./.test(method);
    const isMeant = isKind && (!asked.channel || asked.channel === channel);
    if (!isMeant) return undefined;
    this.#left -= 1;
    return asked;
  }
}

/** Answer as the failure asks: an HTTP status, silence, a broken connection, or an error of Slack's. */
export function failAs(answer: SandboxChaos["answer"], response: ServerResponse): void {
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
  } else if (answer === "timeout") {
    const timer = setTimeout(() => response.destroy(), longestMs);
    response.once("close", () => clearTimeout(timer));
  } else if (answer === 429 || answer === "ratelimited") {
    sendJson(response, 429, { ok: false, error: "ratelimited" }, { "retry-after": "1" });
  } else if (typeof answer === "number") {
    response.writeHead(answer, { "content-type": "text/plain" });
    response.end("The sandbox was asked to fail.");
  } else {
    sendJson(response, 200, { ok: false, error: answer });
  }
}
