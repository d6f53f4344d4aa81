import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxInstall } from "../../core/ports/sandbox-life.ts";
import type { ConsentAsked, Consents } from "./consent.ts";
import { sendConsentPage, sendConsentTrouble } from "./consent-page.ts";
import { connectorError, writeReply } from "./http.ts";

/** Whether a path below the login leads to the consent page: both forms that Microsoft serves. */
export function isConsentPath([, ...rest]: readonly string[]): boolean {
  return ["adminconsent", "v2.0/adminconsent"].includes(rest.join("/"));
}

/** Read what a person pressed. */
function pressed(form: URLSearchParams): SandboxInstall {
  if (form.get("answer") !== "accept") return { outcome: "cancel" };
  const who = form.get("who") ?? "";
  return who === "stranger" ? { outcome: "wrong_tenant" } : { outcome: "accept", as: who };
}

/** Serve `{tenant}/adminconsent` and `{tenant}/v2.0/adminconsent`: the page that asks, and the form in it. */
export function serveConsent(
  request: IncomingMessage,
  response: ServerResponse,
  { parts, text }: { readonly parts: readonly string[]; readonly text: string },
  { consents }: { readonly consents: Consents },
): void {
  const isForm = request.method === "POST";
  if (!isForm && request.method !== "GET") {
    writeReply(response, connectorError(405, "MethodNotAllowed", "Open this page in a browser."));
    return;
  }
  const { searchParams } = new URL(request.url ?? "/", "http://sandbox");
  const asked = consents.read(parts[0] ?? "", Object.fromEntries(searchParams));
  if ("code" in asked) {
    sendConsentTrouble(response, asked);
    return;
  }
  const wish = isForm ? pressed(new URLSearchParams(text)) : consents.takeArmed();
  if (wish) leave(response, asked, wish, consents);
  else sendConsentPage(asked, response);
}

function leave(
  response: ServerResponse,
  asked: ConsentAsked,
  wish: SandboxInstall,
  consents: Consents,
): void {
  const to = consents.decide(asked, wish);
  if (typeof to !== "string") sendConsentTrouble(response, to);
  else response.writeHead(302, { location: to, "cache-control": "no-store" }).end();
}
