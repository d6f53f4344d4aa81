import type { IncomingMessage, ServerResponse } from "node:http";
import type { Mount } from "../../core/ports/mount.ts";
import type { Chaos, Mishap } from "./chaos.ts";
import { answerCall, channelOf } from "./connector.ts";
import { type ConnectorCall, nameOf } from "./connector-call.ts";
import type { Consents } from "./consent.ts";
import { isConsentPath, serveConsent } from "./consent-routes.ts";
import { connectorError, type Reply, readObject, readText, writeReply } from "./http.ts";
import type { Issuer } from "./issuer.ts";
import { connectorAudience, giveToken } from "./login.ts";
import type { Post, Posts } from "./posts.ts";
import { type Region, sayChannel, type Tenant } from "./tenant.ts";
import { type Tenants, tenantOf, tenantOfTeam } from "./tenants.ts";
import type { Throttle } from "./throttle.ts";

interface ServeDeps {
  /** The path below which everything lies. */
  readonly path: string;
  readonly ownUrl: string;
  readonly tenants: Tenants;
  readonly consents: Consents;
  readonly issuer: Issuer;
  readonly posts: Posts;
  readonly chaos: Chaos;
  readonly throttle: Throttle;
  /** Called with a message that an edit has changed. */
  readonly edited: (post: Post) => void;
}

const nothingHere: Reply = connectorError(404, "NotFound", "Nothing is served here.");

/** Serve the wire of Microsoft: OpenID metadata and keys, the login, and the Bot Connector. */
export function serve(deps: ServeDeps): Mount["handle"] {
  return (request, response) => {
    answer(request, response, deps).catch(() => {
      response.destroy();
    });
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, deps: ServeDeps) {
  const asked = new URL(request.url ?? "/", "http://sandbox").pathname;
  const below = asked.slice(deps.path.length + 1);
  const [door, ...parts] = below.split("/").map(decode);
  const text = await readText(request);
  if (text === undefined) {
    writeReply(response, connectorError(413, "MessageSizeTooBig", "The request is too big."));
    return;
  }
  switch (door) {
    case "openid":
      writeReply(response, await serveKeys(parts, deps));
      return;
    case "login":
      if (isConsentPath(parts)) serveConsent(request, response, { parts, text }, deps);
      else await serveLogin(request, response, { parts, text }, deps);
      return;
    case "connector":
      await serveConnector(request, response, { parts, text }, deps);
      return;
    default:
      writeReply(response, nothingHere);
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function serveKeys(parts: readonly string[], { ownUrl, issuer }: ServeDeps): Promise<Reply> {
  const path = parts.join("/");
  if (path === "keys") return { status: 200, body: await issuer.keys() };
  if (path !== ".well-known/openidconfiguration") return nothingHere;
  const body = {
    issuer: ownUrl,
    authorization_endpoint: `${ownUrl}/openid/unused`,
    jwks_uri: `${ownUrl}/openid/keys`,
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
  };
  return { status: 200, body };
}

/** A request below one of the doors: the rest of its path, and its body. */
interface Asked {
  readonly parts: readonly string[];
  readonly text: string;
}

async function serveLogin(
  request: IncomingMessage,
  response: ServerResponse,
  { parts: [tenantId = "", ...rest], text }: Asked,
  { tenants, issuer, chaos }: ServeDeps,
) {
  if (request.method !== "POST" || rest.join("/") !== "oauth2/v2.0/token") {
    writeReply(response, nothingHere);
    return;
  }
  const mishap = chaos.next({ name: "token", reads: true, channel: undefined });
  if (mishap) suffer(response, mishap);
  else writeReply(response, await giveToken(tenantId, new URLSearchParams(text), tenants, issuer));
}

const regions: ReadonlySet<unknown> = new Set<Region>(["emea", "amer"]);
const isRegion = (part: unknown): part is Region => regions.has(part);

async function serveConnector(
  request: IncomingMessage,
  response: ServerResponse,
  { parts: [region, version, ...parts], text }: Asked,
  deps: ServeDeps,
) {
  if (!isRegion(region) || version !== "v3") {
    writeReply(response, nothingHere);
    return;
  }
  if (!(await isBot(request, deps))) {
    writeReply(response, connectorError(401, "Unauthorized", "The token is not one of this bot."));
    return;
  }
  const call: ConnectorCall = {
    method: request.method ?? "GET",
    region,
    parts,
    body: readObject(text),
  };
  const at = { ...deps, tenant: tenantOfCall(call, deps.tenants) };
  const mishap = nextMishap(call, at);
  if (mishap?.effect === "before") {
    suffer(response, mishap);
    return;
  }
  const reply = answerCall(call, at);
  if (reply.status < 300) noteEdit(call, at);
  if (mishap) suffer(response, mishap);
  else writeReply(response, reply);
}

/** The tenant in which a call does something; one that leads nowhere is refused in the home. */
function tenantOfCall({ parts: [kind, id = ""] }: ConnectorCall, tenants: Tenants): Tenant {
  const conversation = id.split(";messageid=")[0] ?? id;
  const found = kind === "teams" ? tenantOfTeam(tenants, id) : tenantOf(tenants, conversation);
  return found ?? tenants[0];
}

/** Whether the token is the bot's own: from its home tenant, whichever tenant is spoken to (PLATFORMS 2.2). */
async function isBot(request: IncomingMessage, { issuer, tenants }: ServeDeps): Promise<boolean> {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  if (scheme !== "Bearer" || !token) return false;
  const claims = await issuer.verify(token, connectorAudience);
  const [home] = tenants;
  return claims?.["appid"] === home.appId && claims["tid"] === home.id;
}

type ServeDepsAt = ServeDeps & { readonly tenant: Tenant };

function nextMishap(call: ConnectorCall, { chaos, tenant }: ServeDepsAt): Mishap | undefined {
  const channel = channelOf(call, tenant);
  return chaos.next({
    name: nameOf(call),
    reads: call.method === "GET",
    channel: channel && { id: channel.id, name: sayChannel(channel) },
  });
}

function suffer(response: ServerResponse, mishap: Mishap) {
  switch (mishap.kind) {
    case "reply":
      writeReply(response, mishap.reply);
      return;
    case "reset":
      response.destroy();
      return;
    case "timeout":
      // The socket stays open and silent until the other side has had enough.
      return;
  }
}

function noteEdit(call: ConnectorCall, { posts, tenant, edited }: ServeDepsAt) {
  const channel = channelOf(call, tenant);
  const post = channel && posts.find(channel.id, call.parts[3] ?? "");
  if (post && call.method !== "POST") edited(post);
}
