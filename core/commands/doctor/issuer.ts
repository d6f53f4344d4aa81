import type { Config } from "../../config.ts";
import { isJsonObject, type JsonObject } from "../../domain/json.ts";
import { parseUrl } from "../../domain/parse-url.ts";
import type { World } from "../world.ts";
import { type Check, fine, wrong } from "./check.ts";
import { ask } from "./network.ts";

/** What a sign-in needs of the issuer (OpenID Connect Discovery 1.0, section 3). */
const needed = ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const;

const name = "OIDC_ISSUER";

/**
 * Ask the issuer of single sign-on who it is: it answers, calls itself as the setting does, and has what a sign-in
 * needs. What it has registered as the way back it tells nobody, so the address is said here.
 */
export async function checkIssuer(
  world: World,
  issuer: string,
  { publicUrl }: Pick<Config, "publicUrl">,
): Promise<Check> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { status, body, said } = await ask(world, url);
  if (status !== 200 || !isJsonObject(body)) {
    const found = `${url} answers ${status === 200 ? "no JSON" : said}`;
    return wrong(name, found, "Nobody signs in by it now. See that this machine reaches it.");
  }
  const itself = body["issuer"];
  if (typeof itself !== "string" || !isSame(itself, issuer)) {
    const found = `it calls itself ${String(itself)}, and the setting says ${issuer}`;
    return wrong(name, found, "Set OIDC_ISSUER to what it calls itself: tokens name that.");
  }
  const missing = needed.filter((one) => !isText(body, one));
  if (missing.length > 0) {
    const remedy = "See that it is an OpenID Connect issuer with the authorization code flow.";
    return wrong(name, `${url} names no ${missing.join(", ")}`, remedy);
  }
  const back = `${publicUrl ?? "the hub's address"}/auth/oidc/callback`;
  return fine(name, `${issuer} answers; registered there as the way back must be ${back}`);
}

const isText = (body: JsonObject, key: string) => typeof body[key] === "string";

const isSame = (one: string, other: string) => parseUrl(one)?.href === new URL(other).href;
