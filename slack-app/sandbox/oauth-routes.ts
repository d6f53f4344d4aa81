import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxInstall } from "../../core/ports/sandbox-life.ts";
import type { ConsentAsked, Consents, ConsentTrouble } from "./consent.ts";
import { sendConsentPage, sendConsentTrouble } from "./consent-page.ts";
import { type Arguments, readArguments, sendJson } from "./http.ts";
import type { Rig } from "./rig.ts";

/** Where a decision leads; with `wrong_state` the app's own state comes back changed, as a forger would send it. */
function decide(
  consents: Consents,
  asked: ConsentAsked,
  { outcome, ...wish }: SandboxInstall,
): string | ConsentTrouble {
  if (outcome === "cancel") return consents.cancel(asked);
  const state = outcome === "wrong_state" ? `${asked.state ?? ""}x` : asked.state;
  return consents.allow({ ...asked, state }, wish);
}

function leave(response: ServerResponse, to: string | ConsentTrouble): void {
  if (typeof to !== "string") sendConsentTrouble(response, to);
  else response.writeHead(302, { location: to, "cache-control": "no-store" }).end();
}

/** Read what a person pressed. */
function pressed(form: Arguments): SandboxInstall {
  const [workspace = "", as = ""] = String(form["who"] ?? "").split(" ");
  return { outcome: form["answer"] === "allow" ? "accept" : "cancel", workspace, as };
}

/** Serve `/oauth/v2/authorize`: the page that asks, and the form in it. */
export async function serveAuthorize(
  rig: Rig,
  consents: Consents,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isForm = request.method === "POST";
  if (!isForm && request.method !== "GET")
    return sendJson(response, 405, { ok: false, error: "method_not_allowed" });
  const { searchParams } = new URL(request.url ?? "/", "http://sandbox");
  const query = isForm ? ((await readArguments(request)) ?? {}) : Object.fromEntries(searchParams);
  const asked = consents.read(query);
  if ("error" in asked) return sendConsentTrouble(response, asked);
  const wish = isForm ? pressed(query) : consents.takeArmed();
  if (wish) return leave(response, decide(consents, asked, wish));
  sendConsentPage(rig, asked, query, response);
}
