import type { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { isJsonObject, type Json } from "../../core/domain/json.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { TeamsKeys, TeamsSettings } from "../../core/ports/platform-settings.ts";
import { type Answer, NoResult, noteAnswer, troubleOf } from "./wire.ts";

type Factory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** The bot's own credentials: who it is, and the token that each of its calls carries. */
export type Credentials = Factory & {
  /** Drop the token, because Teams did not take it; the next call asks for a new one. */
  forget(): void;
  /** The header of a call that does not go through botbuilder. Rejects with `NoResult`, and notes why. */
  authorization(): Promise<string>;
};

/** What a login needs to know. */
type LoginSettings = TeamsKeys & Pick<TeamsSettings, "loginUrl">;

interface Token {
  readonly text: string;
  readonly staleAt: number;
}

/** A token is renewed so long before its end; Microsoft's live for an hour or more. */
const marginMs = 5 * 60_000;
const loginMs = 10_000;
const scope = "https://api.botframework.com/.default";

/**
 * Make the credentials of a single-tenant bot.
 *
 * botbuilder's own take no login address but Microsoft's (PLATFORMS 2.3). These ask `settings.loginUrl`, whatever it
 * is, by OAuth client credentials, once for all calls that wait at the same time. Authentication of incoming calls is
 * never off.
 */
export function createCredentials(settings: TeamsSettings, clock: Clock): Credentials {
  let token: Token | undefined;
  let asking: Promise<Token> | undefined;

  const currentToken = async (): Promise<Token> => {
    if (token && token.staleAt > clock.now().getTime()) return token;
    asking ??= askForToken(settings, clock).finally(() => {
      asking = undefined;
    });
    token = await asking;
    return token;
  };

  const authorization = async () => `Bearer ${(await signIn(currentToken)).text}`;

  return {
    authorization,
    isValidAppId: async (appId) => appId === settings.appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request) => {
        request.headers.set("Authorization", await authorization());
        return request;
      },
    }),
    forget: () => {
      token = undefined;
    },
  };
}

/** Why there is no token; kept apart from the throw, because calls that wait together share one failure. */
class LoginFailed extends NoResult {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super("The login service gave no token.");
    this.answer = answer;
  }
}

async function signIn(ask: () => Promise<Token>): Promise<Token> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LoginFailed) noteAnswer(error.answer);
    throw error;
  }
}

/** Ask for a token once, to see whether the keys fit. Answers how the login refused; undefined when it gave one. */
export async function tryLogin(settings: LoginSettings, clock: Clock): Promise<Answer | undefined> {
  try {
    await askForToken(settings, clock);
    return undefined;
  } catch (error) {
    if (error instanceof LoginFailed) return error.answer;
    throw error;
  }
}

async function askForToken(settings: LoginSettings, clock: Clock): Promise<Token> {
  const askedAt = clock.now().getTime();
  const { status, body } = await postForm(settings);
  const token = body["access_token"];
  const seconds = body["expires_in"];
  if (status === 200 && typeof token === "string" && typeof seconds === "number") {
    return { text: token, staleAt: askedAt + Math.max(seconds * 1_000 - marginMs, 0) };
  }
  throw new LoginFailed({ kind: "login_refused", status, code: loginCode(body) });
}

async function postForm(
  settings: LoginSettings,
): Promise<{ readonly status: number; readonly body: { readonly [name: string]: Json } }> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: settings.appId,
    client_secret: settings.appPassword,
    scope,
  });
  const address = `${settings.loginUrl}/${encodeURIComponent(settings.tenantId)}/oauth2/v2.0/token`;
  try {
    const response = await fetch(address, {
      method: "POST",
      body: form,
      redirect: "manual",
      signal: AbortSignal.timeout(loginMs),
    });
    return { status: response.status, body: readObject(await response.text()) };
  } catch (error) {
    // No token was given, so nothing was sent to Teams, whatever became of this question.
    throw new LoginFailed({ kind: "unreachable", because: `login_${troubleOf(error).because}` });
  }
}

function readObject(text: string): { readonly [name: string]: Json } {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * The AADSTS code of a refused login, from the numbers that Microsoft gives beside its sentences, else OAuth's name of
 * the error. Anything longer is no name; a proxy may quote there what it was sent, and that is the app's password.
 */
function loginCode(body: { readonly [name: string]: Json }): string {
  const codes = body["error_codes"];
  if (Array.isArray(codes) && typeof codes[0] === "number") return `AADSTS${codes[0]}`;
  const { error } = body;
  return typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : "login_refused";
}
