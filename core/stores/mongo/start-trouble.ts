import { mongo } from "mongoose";
import { HubError } from "../../domain/hub-error.ts";

/** Codes of MongoDB's `error_codes.yml`, and Atlas's own for a refused sign-in. */
const signInCodes: ReadonlySet<unknown> = new Set([11, 18, 8000]);
const notAllowedCode = 13;
/** By name: the driver and the package that reads its addresses have a class of this name each. */
const addressErrors: ReadonlySet<string> = new Set([
  "MongoParseError",
  "MongoInvalidArgumentError",
]);

/**
 * Say in one sentence why MongoDB cannot be used, and what the operator can do.
 *
 * The sentence never repeats the address, which may hold a password: it names hosts at most.
 */
export function sayStartTrouble(cause: unknown): HubError {
  if (cause instanceof HubError) return cause;
  const [code, message] = findTrouble(cause);
  return new HubError(code, message, { cause });
}

function findTrouble(cause: unknown): readonly [code: string, message: string] {
  const servers = serversOf(cause);
  if (servers.some(({ error }) => error instanceof mongo.MongoCompatibilityError)) {
    return [
      "store_too_old",
      "This MongoDB is too old: Countersign needs 4.4 or newer. Upgrade it, or set MONGODB_URL to another one.",
    ];
  }
  if (cause instanceof mongo.MongoServerError && signInCodes.has(cause.code)) {
    return ["store_refused", "MongoDB refused the user or the password of MONGODB_URL."];
  }
  if (cause instanceof mongo.MongoServerError && cause.code === notAllowedCode) {
    return [
      "store_refused",
      "The user of MONGODB_URL may not do what the hub needs. Give it the role readWrite on that database.",
    ];
  }
  if (cause instanceof Error && addressErrors.has(cause.name)) {
    return [
      "store_address",
      "MONGODB_URL is not an address that MongoDB's driver can read. Compare it with mongodb://user:password@host:27017/countersign.",
    ];
  }
  const tried = servers.map(({ address, error }) => `${address}${sayCode(error)}`);
  const where = tried.length > 0 ? ` at ${tried.join(", ")}` : sayCode(cause);
  return [
    "store_unavailable",
    `MongoDB cannot be reached${where}. Start it, or correct MONGODB_URL.`,
  ];
}

/** The members that were tried, when none could be chosen. */
function serversOf(cause: unknown): readonly mongo.ServerDescription[] {
  const { reason } = cause as { readonly reason?: Partial<mongo.TopologyDescription> };
  return [...(reason?.servers?.values() ?? [])];
}

/** The system's own code for what happened, such as ECONNREFUSED, from the error or from what lies behind it. */
function sayCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? ` (${code})` : sayCode(error.cause);
}
