/** Why an issuer's word was not taken. `detail` is for the log of whoever runs the hub; nothing in it is secret. */
export interface IssuerTrouble {
  readonly because: "unreachable" | "begun_elsewhere" | "denied" | "unfit";
  readonly detail: string;
}

const mostDetail = 200;

/** Sort what the library threw, or told of a sign-in that it refused. */
export function troubleOf(cause: unknown): IssuerTrouble {
  const { name = "", message = "", code = "", error = "" } = textsOf(cause);
  const root = textsOf(cause instanceof Error ? cause.cause : undefined);
  const text = [code || error, message, root["code"] || root["message"]].filter(Boolean).join(": ");
  const detail = (text || String(cause)).replaceAll(/\p{Cc}/gu, " ").slice(0, mostDetail);
  const because = () => {
    if (message === "fetch failed" || code === "OAUTH_TIMEOUT") return "unreachable";
    if (/^Unable to verify authorization request state/.test(message)) return "begun_elsewhere";
    if (name === "AuthorizationResponseError" || error === "access_denied") return "denied";
    return "unfit";
  };
  return { because: because(), detail };
}

/** The members of something thrown that are texts. */
function textsOf(thing: unknown): Readonly<Record<string, string>> {
  if (typeof thing !== "object" || thing === null) return {};
  const names = ["name", "message", "code", "error"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value: unknown = Reflect.get(thing, name);
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}
