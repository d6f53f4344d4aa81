import type { ProblemAt } from "../../domain/problem.ts";
import type { KeysVerdict } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";

/** What the last step on the page led to. */
export type SetupFlash =
  | { readonly kind: "saved" | "removed" | "noted" }
  | { readonly kind: "environment" }
  | { readonly kind: "invalid"; readonly clientId: string; readonly errors: readonly ProblemAt[] }
  | { readonly kind: "trouble"; readonly because: string }
  | { readonly kind: "tried"; readonly verdict: KeysVerdict; readonly reached: string | undefined };

/** Say what the last step led to, and how it is meant. */
export function sayFlash(flash: SetupFlash): readonly ["ok" | "warn" | "bad", string] {
  switch (flash.kind) {
    case "saved":
      return ["ok", say`Saved, sealed, and in use: no restart is needed. Now connect a workspace.`];
    case "removed":
      return ["ok", say`The app's keys are forgotten. Workspaces and rules are kept.`];
    case "noted":
      return ["ok", say`Noted: the app at Slack is as the manifest says.`];
    case "environment":
      return [
        "warn",
        say`SLACK_CLIENT_ID is set in the environment, and it wins. Nothing was saved.`,
      ];
    case "invalid":
      return ["bad", say`Nothing was saved: see the fields below.`];
    case "trouble":
      return ["bad", say`Saved, but the connection to Slack did not start: ${flash.because}`];
    case "tried":
      return sayTried(flash);
  }
}

/** FEATURES §6.2: name the part that does not fit. */
const wrongParts: Readonly<Record<string, () => string>> = {
  invalid_client_id: () =>
    say`Slack knows no app with this Client ID. Copy it again from Basic Information.`,
  bad_client_secret: () =>
    say`The Client Secret does not belong to this Client ID. Copy it again from Basic Information.`,
};

function sayTried({
  verdict,
  reached,
}: Extract<SetupFlash, { kind: "tried" }>): readonly ["ok" | "warn" | "bad", string] {
  const address =
    reached === undefined ? "" : ` ${say`The hub's own address was not reached: ${reached}`}`;
  switch (verdict.kind) {
    case "fit":
      return [
        reached === undefined ? "ok" : "warn",
        `${say`Slack knows this Client ID and Client Secret. The Signing Secret shows itself with the first call from Slack.`}${address}`,
      ];
    case "wrong":
      return [
        "bad",
        (wrongParts[verdict.code]?.() ?? say`Slack refused the keys: ${verdict.code}.`) + address,
      ];
    case "unknown":
      return ["warn", `${say`Slack gave no answer about the keys: ${verdict.because}`}${address}`];
  }
}
