import { mongo } from "mongoose";
import { HubError } from "../../domain/hub-error.ts";

/** Codes of MongoDB's `error_codes.yml`, and Atlas's own for a refused sign-in. */
const signInCodes: ReadonlySet<unknown> = new Set([11, 18, 8000]);
const notAllowedCode = 13;

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
  if (causes(cause).some((each) => each instanceof mongo.MongoCompatibilityError)) {
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
  if (cause instanceof mongo.MongoParseError || cause instanceof mongo.MongoInvalidArgumentError) {
    return [
      "store_address",
      "MONGODB_URL is not an address that MongoDB's driver can read. Compare it with mongodb://user:password@host:27017/countersign.",
    ];
  }
  return [
    "store_unavailable",
    `MongoDB cannot be reached${sayServers(cause)}. Start it, or correct MONGODB_URL.`,
  ];
}

/** The members that were tried, with the system's own code for what each did. */
function sayServers(cause: unknown): string {
  const { reason } = cause as { readonly reason?: unknown };
  if (!(reason instanceof mongo.TopologyDescription)) return "";
  const tried = [...reason.servers].map(([address, { error }]) => {
    const codes = causes(error).map((each) => (each as NodeJS.ErrnoException).code);
    const code = codes.find((one) => typeof one === "string");
    return code === undefined ? address : `${address} (${code})`;
  });
  return tried.length === 0 ? "" : ` at ${tried.join(", ")}`;
}

/** An error and what lies behind it, the outermost first. */
function causes(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return [];
  return [error, ...causes(error.cause)];
}
