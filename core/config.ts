import { resolve } from "node:path";
import {
  isLoopbackHost,
  oneOf,
  parseHost,
  parseKeyRing,
  parseMongoUrl,
  parseOrigin,
  parseOutboundAllow,
  parseTrust,
  webAddress,
  wholeNumber,
} from "./config/parsers.ts";
import {
  platformSettings,
  readSlack,
  readSlackPlaces,
  readTeams,
  readTeamsCloud,
} from "./config/platforms.ts";
import { beginReading, type Mistake, type Reading } from "./config/reading.ts";
import { type Setting, settings } from "./config/settings-table.ts";
import { readSingleSignOn } from "./config/single-sign-on.ts";
import type {
  SingleSignOnSettings,
  SlackPlaces,
  SlackSettings,
  TeamsCloud,
  TeamsSettings,
} from "./ports/platform-settings.ts";

/** The settings of one hub, read once. What is optional here is off. */
export interface Config {
  readonly port: number;
  /** Somebody asked for this very port, so it never moves. */
  readonly portChosen: boolean;
  readonly host: string;
  /** Scheme, host and port, without a slash at its end. */
  readonly publicUrl?: string;
  /** Hops, or addresses and CIDRs of proxies: what Express calls `trust proxy`. */
  readonly trustProxy?: number | readonly string[];
  readonly instanceName?: string;
  /** Absolute. */
  readonly dataDir: string;
  /** With its password. Absent: SQLite in the data folder. */
  readonly mongodbUrl?: string;
  /** Keys for secrets at rest, newest first, 32 bytes each. Never empty. */
  readonly keys?: readonly Buffer[];
  readonly sandbox: boolean;
  readonly logFormat: "feed" | "json";
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly retentionDays: number;
  /** The most that one request to the API may carry, and one callback. */
  readonly mostEventBytes: number;
  readonly mostCallbackBytes: number;
  readonly slack?: SlackSettings;
  readonly slackPlaces: SlackPlaces;
  readonly teams?: TeamsSettings;
  readonly teamsCloud: TeamsCloud;
  /** The issuer that people sign in with at the console. */
  readonly singleSignOn?: SingleSignOnSettings;
  /** `scheme://host:port` of inside hosts that callbacks may reach, the port always written. */
  readonly outboundAllow: readonly string[];
  /** Who bears it may read `/metrics`. */
  readonly metricsToken?: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Read the settings of the hub (SURFACE §2) from an environment.
 *
 * All mistakes are answered together. A setting whose feature this version lacks is a mistake, never ignored, and a
 * secret is never repeated. `terminal` says whether people watch standard output.
 */
export function readConfig(
  env: NodeJS.ProcessEnv,
  terminal = process.stdout.isTTY === true,
): ConfigResult {
  const reading = beginReading(env);
  refuseLater(reading);
  const place = readPlace(reading);
  const slackPlaces = readSlackPlaces(reading);
  const slack = readSlack(reading, slackPlaces);
  const teamsCloud = readTeamsCloud(reading);
  const teams = readTeams(reading, teamsCloud);
  const singleSignOn = readSingleSignOn(reading);
  const sandbox = readSandbox(reading, place);
  const logFormat = reading.read("LOG_FORMAT", oneOf(["feed", "json"]), "feed or json");
  const levels = ["debug", "info", "warn", "error"] as const;
  const logLevel = reading.read("LOG_LEVEL", oneOf(levels), "debug, info, warn or error");
  const days = reading.read("RETENTION_DAYS", wholeNumber(1, 3650), "whole days from 1 to 3650");
  const sizes = readSizes(reading);
  const store = readStore(reading);
  const allow = "scheme://host:port, separated by commas; never a metadata or link-local host";
  const outboundAllow = reading.read("OUTBOUND_ALLOW", parseOutboundAllow, allow);
  const instanceName = reading.read(
    "INSTANCE_NAME",
    parseName,
    "1 to 40 letters, digits, spaces, dots and dashes",
  );

  const metricsToken = reading.read(
    "METRICS_TOKEN",
    parseToken,
    "16 or more characters without blanks (openssl rand -base64 32 makes one)",
  );

  const mistakes = reading.mistakes();
  if (mistakes.length > 0) return { ok: false, mistakes };
  const config: Config = {
    ...place,
    ...(instanceName === undefined ? {} : { instanceName }),
    dataDir: readDataDir(env),
    ...store,
    sandbox,
    logFormat: logFormat ?? (terminal ? "feed" : "json"),
    logLevel: logLevel ?? "info",
    retentionDays: days ?? 30,
    ...sizes,
    ...(slack ? { slack } : {}),
    slackPlaces,
    ...(teams ? { teams } : {}),
    teamsCloud,
    ...(singleSignOn ? { singleSignOn } : {}),
    outboundAllow: outboundAllow ?? [],
    ...(metricsToken === undefined ? {} : { metricsToken }),
  };
  return { ok: true, config };
}

/** Where the data folder is; the commands that talk to a running hub ask this alone. */
export function readDataDir(env: NodeJS.ProcessEnv, workingFolder = process.cwd()): string {
  return resolve(workingFolder, env["DATA_DIR"]?.trim() || "data");
}

function refuseLater(reading: Reading): void {
  for (const { name, ...setting } of settings) {
    const { later }: Omit<Setting, "name"> = setting;
    if (later && reading.text(name) !== undefined) {
      reading.refuse(name, "nothing yet: it is not supported by this version");
    }
  }
}

/** FEATURES E7 names the defaults. The least lets every request of ours through; the most fits into memory many times. */
function readSizes(reading: Reading): Pick<Config, "mostEventBytes" | "mostCallbackBytes"> {
  const read = (name: "MAX_EVENT_BYTES" | "MAX_CALLBACK_BYTES", least: number) =>
    reading.read(name, wholeNumber(least, 16_777_216), `whole bytes from ${least} to 16777216`);
  return {
    mostEventBytes: read("MAX_EVENT_BYTES", 65_536) ?? 1_048_576,
    mostCallbackBytes: read("MAX_CALLBACK_BYTES", 4_096) ?? 262_144,
  };
}

type Store = Pick<Config, "mongodbUrl" | "keys">;

/** Processes that share one database must share their keys too, so these cannot come from a data folder. */
function readStore(reading: Reading): Store {
  const address = "mongodb://… or mongodb+srv://…, with a host";
  const mongodbUrl = reading.read("MONGODB_URL", parseMongoUrl, address);
  const ring =
    "keys of 32 bytes in base64 or hex, newest first, separated by commas (openssl rand -base64 32 makes one)";
  const keys = reading.read("COUNTERSIGN_KEYS", parseKeyRing, ring);
  if (reading.text("MONGODB_URL") && !reading.text("COUNTERSIGN_KEYS")) {
    reading.refuse("COUNTERSIGN_KEYS", `${ring}, the same for every process, with MONGODB_URL`);
  }
  return {
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
    ...(keys ? { keys } : {}),
  };
}

type Place = Pick<Config, "port" | "portChosen" | "host" | "publicUrl" | "trustProxy">;

function readPlace(reading: Reading): Place {
  const port = reading.read(
    "PORT",
    wholeNumber(0, 65_535),
    "a port from 0 to 65535 (0 is any free one)",
  );
  const host = reading.read("HOST", parseHost, "an IP address or a host name") ?? "127.0.0.1";
  const publicUrl = reading.read("PUBLIC_URL", parseOrigin, `${webAddress}, without a path`);
  const trust =
    "the number of proxies from 1 to 9, or their addresses and CIDRs with commas; never true";
  const trustProxy = reading.read("TRUST_PROXY", parseTrust, trust);
  if (!isLoopbackHost(host) && reading.text("PUBLIC_URL") === undefined) {
    const others = `HOST is ${host}, so others can reach the hub`;
    reading.refuse("PUBLIC_URL", `the address that people use, because ${others}`);
  }
  return {
    port: port ?? 3000,
    portChosen: port !== undefined,
    host,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
  };
}

function readSandbox(reading: Reading, { host, publicUrl }: Place): boolean {
  const asked = reading.read("SANDBOX", oneOf(["on", "off"]), "on or off");
  const real = [...platformSettings, "MONGODB_URL"] as const;
  const live = real.find((name) => reading.text(name) !== undefined);
  if (asked === undefined) return !live && publicUrl === undefined && isLoopbackHost(host);
  if (asked === "on" && live)
    reading.refuse(
      "SANDBOX",
      `off or unset beside live credentials and MONGODB_URL (${live} is set)`,
    );
  if (asked === "on" && publicUrl !== undefined && !isLoopbackHost(new URL(publicUrl).hostname)) {
    reading.refuse("SANDBOX", `off or unset, because PUBLIC_URL (${publicUrl}) is for everybody`);
  }
  return asked === "on";
}

function parseName(text: string): string | undefined {
  return /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} ._-]{0,39}$/u.test(text) ? text : undefined;
}

function parseToken(text: string): string | undefined {
  return /^[\x21-\x7e]{16,}$/.test(text) ? text : undefined;
}
