import type { Request, Response } from "express";
import type { ClientAuth, Configuration } from "openid-client";
import type { Strategy, VerifyFunction } from "openid-client/passport";
import { freshMinutes } from "../domain/sign-on-proof.ts";
import type { IssuerClaims } from "../people/single-sign-on.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { SingleSignOnSettings } from "../ports/platform-settings.ts";
import { leavesAddressOpen, readIssuerClaims } from "./issuer-claims.ts";
import { type IssuerTrouble, troubleOf } from "./issuer-trouble.ts";
import type { Sessions } from "./session.ts";

/** What a visit to the issuer came to. */
export type IssuerAnswer =
  | { readonly kind: "vouched"; readonly claims: IssuerClaims }
  | { readonly kind: "failed"; readonly trouble: IssuerTrouble };

/** Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface SingleSignOn {
  /** By which people know the issuer: `login.example.com`. */
  readonly host: string;
  /**
   * Tell whether people can sign in there now. What was found out holds for half a minute, a failure for five seconds, so
   * that nobody makes the hub ask more often.
   */
  isReachable(): Promise<boolean>;
  /**
   * Send a browser to the issuer. Settles only where that fails. `fresh` asks the issuer to have the person sign in
   * anew, and takes only an answer that says when they did.
   */
  begin(request: Request, response: Response, how?: "fresh"): Promise<IssuerAnswer>;
  /** Judge what the browser brings back. The sign-in that it belongs to is used up. */
  finish(request: Request, response: Response): Promise<IssuerAnswer>;
}

export interface SingleSignOnDeps {
  readonly settings: SingleSignOnSettings;
  readonly hubUrl: string;
  readonly wallClock: Clock;
  readonly log: Log;
  readonly passport: Sessions["passport"];
}

/** What has to be registered at the issuer as the way back. */
export const callbackUrlOf = (hubUrl: string) => `${hubUrl}/auth/oidc/callback`;

/** How long what is known of the issuer holds, and that it could not be reached. */
const knownMs = 30_000;
const unreachableMs = 5_000;
/** Longer than a far issuer takes, and short enough to wait for before a sign-in page. */
const patienceSeconds = 4;

/** Make single sign-on with one issuer. The issuer is asked when somebody wants to sign in, and never at the start. */
export function createSingleSignOn(deps: SingleSignOnDeps): SingleSignOn {
  const { settings, hubUrl, wallClock, log, passport } = deps;
  const callbackUrl = callbackUrlOf(hubUrl);
  let known: { readonly reachable: boolean; readonly at: number } | undefined;
  let asking: Promise<boolean> | undefined;
  const look = async () => {
    const reachable = await discover(settings).then(
      async (config) => {
        passport.use("oidc", (await strategyFor(config, callbackUrl)) as never);
        return true;
      },
      (cause: unknown) => {
        const { detail: error } = troubleOf(cause);
        log.write({ kind: "hub.trouble", where: `single sign-on, ${settings.issuer}`, error });
        return false;
      },
    );
    known = { reachable, at: wallClock.now().getTime() };
    return reachable;
  };
  const isReachable = async () => {
    const age = known ? wallClock.now().getTime() - known.at : Number.NaN;
    // What a clock knew that has been set back since would hold until that time comes again.
    const lasts = known?.reachable ? knownMs : unreachableMs;
    if (known && age >= 0 && age < lasts) return known.reachable;
    asking ??= look().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const authenticate = async (
    request: Request,
    response: Response,
    how?: "fresh",
  ): Promise<IssuerAnswer> => {
    if (!(await isReachable())) {
      return { kind: "failed", trouble: { because: "unreachable", detail: "discovery failed" } };
    }
    return new Promise((resolve) => {
      const failed = (cause: unknown) => resolve({ kind: "failed", trouble: troubleOf(cause) });
      const judged = (cause: unknown, claims: unknown, told: unknown) => {
        if (cause || !claims) return failed(cause ?? told);
        resolve({ kind: "vouched", claims: claims as IssuerClaims });
      };
      const options = { session: false, ...(how === "fresh" ? { prompt: "login" } : {}) };
      passport.authenticate("oidc", options, judged)(request, response, failed);
    });
  };
  const { host } = new URL(settings.issuer);
  return {
    ...{ host, isReachable, begin: authenticate },
    finish: (request, response) => authenticate(request, response),
  };
}

/** Ask the issuer who it is. Its library is loaded by the first who wants to sign in. */
async function discover(settings: SingleSignOnSettings): Promise<Configuration> {
  const oidc = await import("openid-client");
  const { issuer, clientId, clientSecret } = settings;
  const server = new URL(issuer);
  const byBasic = oidc.ClientSecretBasic(clientSecret);
  const byPost = oidc.ClientSecretPost(clientSecret);
  const authentication: ClientAuth = (known, ...rest) => {
    // An issuer that names no way knows Basic (OpenID Connect Discovery 1.0, section 3).
    const ways = known.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (ways.includes("client_secret_post") ? byPost : byBasic)(known, ...rest);
  };
  return oidc.discovery(server, clientId, clientSecret, authentication, {
    timeout: patienceSeconds,
    // Signatures are checked although tokens come straight from the issuer: on loopback it is plain http.
    execute: [
      oidc.enableNonRepudiationChecks,
      ...(server.protocol === "http:" ? [oidc.allowInsecureRequests] : []),
    ],
  });
}

async function strategyFor(config: Configuration, callbackURL: string): Promise<Strategy> {
  const oidc = await import("openid-client");
  const { Strategy: OpenIdStrategy } = await import("openid-client/passport");
  const options = { config, callbackURL, name: "oidc", sessionKey: "oidc" } as const;
  const verify: VerifyFunction = async (tokens, done) => {
    const claims = tokens.claims();
    if (!claims) return done(new Error("the issuer sent no ID token"));
    const { userinfo_endpoint } = config.serverMetadata();
    // Some issuers put addresses into the ID token, others keep them for this call.
    const more =
      leavesAddressOpen(claims) && userinfo_endpoint !== undefined
        ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
        : {};
    done(null, readIssuerClaims(claims, more) as never);
  };
  const strategy = new OpenIdStrategy({ ...options, scope: "openid email profile" }, verify);
  // The strategy sends one of PKCE, state and nonce by itself; all three cost nothing.
  strategy.authorizationRequestParams = (_request: unknown, asked?: { readonly prompt?: string }) =>
    new URLSearchParams({
      ...{ state: oidc.randomState(), nonce: oidc.randomNonce() },
      // With `max_age` the issuer has to say when the person signed in, and the library refuses what is older.
      ...(asked?.prompt === "login" ? { prompt: "login", max_age: String(freshMinutes * 60) } : {}),
    });
  return strategy;
}
