import type { ProblemAt } from "../../domain/problem.ts";
import type { KeysVerdict } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";

/** What was typed of the bot, but for its secret. */
export interface TypedBot {
  readonly appId: string;
  readonly tenantId: string;
  readonly endsOn: string;
}

/** What the last step on the page of Teams led to. */
export type TeamsFlash =
  | { readonly kind: "saved" | "removed" | "noted" | "environment" }
  | { readonly kind: "invalid"; readonly typed: TypedBot; readonly errors: readonly ProblemAt[] }
  | { readonly kind: "trouble"; readonly because: string }
  | { readonly kind: "tried"; readonly verdict: KeysVerdict; readonly reached: string | undefined }
  /** They are in use, though Microsoft did not say that they fit. */
  | { readonly kind: "untried"; readonly because: string };

type Said = readonly ["ok" | "warn" | "bad", string];

/** Say what the last step led to, and how it is meant. */
export function sayTeamsFlash(flash: TeamsFlash): Said {
  switch (flash.kind) {
    case "saved":
      return [
        "ok",
        say`Microsoft knows these values. They are saved, sealed, and in use: no restart is needed. Now give consent.`,
      ];
    case "untried":
      return [
        "warn",
        say`Saved, sealed, and in use, but not proven: Microsoft's login gave no answer about them (${flash.because}). Press Test the values in a while.`,
      ];
    case "removed":
      return ["ok", say`The bot's values are forgotten. Tenants, channels and rules are kept.`];
    case "noted":
      return ["ok", say`Noted: people are told 30 and 7 days before the client secret runs out.`];
    case "environment":
      return ["warn", say`TEAMS_APP_ID is set in the environment, and it wins. Nothing was saved.`];
    case "invalid":
      return ["bad", say`Nothing was saved: see the fields below.`];
    case "trouble":
      return ["bad", say`Saved, but the connection to Teams did not start: ${flash.because}`];
    case "tried":
      return sayTried(flash);
  }
}

type Field = keyof TypedBot | "appPassword";

/** FEATURES §6.3, U26: which value is the wrong one, and what to do about it. */
const wrongValues: Readonly<
  Record<string, { readonly field: Field; readonly text: () => string }>
> = {
  AADSTS700016: {
    field: "appId",
    text: () =>
      say`That tenant knows no app with this id. Copy the Application (client) ID from the app registration's Overview, and compare the tenant: the Directory (tenant) ID stands below it.`,
  },
  AADSTS7000229: {
    field: "appId",
    text: () =>
      say`The app is registered, and has no service principal in that tenant. An Entra admin makes one: az ad sp create --id with this app id.`,
  },
  AADSTS7000215: {
    field: "appPassword",
    text: () =>
      say`The client secret is not one of this app. Copy its Value, not its Secret ID; where the Value is hidden by now, make a new secret.`,
  },
  AADSTS7000222: {
    field: "appPassword",
    text: () =>
      say`The client secret has run out. Make a new one under Certificates & secrets, and paste its Value.`,
  },
  AADSTS90002: {
    field: "tenantId",
    text: () =>
      say`Microsoft knows no tenant with this id. Copy the Directory (tenant) ID from the app registration's Overview.`,
  },
  AADSTS900023: {
    field: "tenantId",
    text: () =>
      say`This is no tenant id. Copy the Directory (tenant) ID from the app registration's Overview.`,
  },
};

/** Name the value that Microsoft's login does not take, at its field. */
export function wrongFields(verdict: KeysVerdict): readonly ProblemAt[] {
  if (verdict.kind !== "wrong") return [];
  const { field, text } = wrongValues[verdict.code] ?? {
    field: "appId",
    text: () => say`Microsoft's login does not take these values.`,
  };
  return [{ pointer: `/${field}`, message: `${text()} (${verdict.code})` }];
}

function sayTried({ verdict, reached }: Extract<TeamsFlash, { kind: "tried" }>): Said {
  const address =
    reached === undefined ? "" : ` ${say`The hub's own address was not reached: ${reached}`}`;
  switch (verdict.kind) {
    case "fit":
      return [
        reached === undefined ? "ok" : "warn",
        `${say`Microsoft gave the bot a token: app id, secret and tenant fit.`}${address}`,
      ];
    case "wrong":
      return ["bad", wrongFields(verdict).map(({ message }) => message + address)[0] ?? ""];
    case "unknown":
      return [
        "warn",
        `${say`Microsoft's login gave no answer about the values: ${verdict.because}.`}${address}`,
      ];
  }
}
