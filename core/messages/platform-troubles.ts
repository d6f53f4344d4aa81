import type { DestinationKind } from "../domain/destination.ts";
import { destinationKinds } from "../domain/destination-kinds.ts";
import { codeOf } from "../domain/send-result.ts";
import { placeTroubles, workflowTroubles } from "./troubles/places.ts";
import { slackTroubles } from "./troubles/slack.ts";
import { teamsTroubles } from "./troubles/teams.ts";
import { nothingToDo, type Trouble, type TroubleRow } from "./troubles/trouble.ts";

/** Codes of connections, the same for every platform. */
const unreached: TroubleRow = [
  [
    ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET"],
    ...["UND_ERR_CONNECT_TIMEOUT", "unreachable", "no answer in time"],
  ],
  "{platform} was not reached, or its answer did not come back.",
  `${nothingToDo} If this stays, the operator checks the machine's way to the network.`,
];

const tableOf = (rows: readonly TroubleRow[]): ReadonlyMap<string, Trouble> =>
  new Map(
    rows.flatMap(([codes, cause, next]) => codes.map((code) => [code, { cause, next }] as const)),
  );

const tables: Readonly<Record<DestinationKind, ReadonlyMap<string, Trouble>>> = {
  slack: tableOf([...slackTroubles, unreached]),
  teams: tableOf([...teamsTroubles, unreached]),
  webhook: tableOf(placeTroubles),
  "slack-webhook": tableOf([...placeTroubles, ...slackTroubles]),
  "teams-workflow": tableOf([...placeTroubles, ...teamsTroubles, ...workflowTroubles]),
};

/** Every code that has sentences of its own, for a platform. */
export const knownCodes = (platform: DestinationKind): readonly string[] => [
  ...tables[platform].keys(),
];

/**
 * Say what a platform's error means: its cause in one sentence, and the next step with who does it (FEATURES §6).
 *
 * `because` is what a delivery keeps: the platform's own code, words behind it or not. A code that nobody named is shown
 * as it came.
 */
export function troubleOf(platform: DestinationKind, because: string, place: string): Trouble {
  const code = codeOf(because);
  const base = code.startsWith("restricted_action") ? "restricted_action" : code;
  const family = /^http_[45]/.test(code) ? `${code.slice(0, 6)}xx` : code;
  const { cause, next } = tables[platform].get(base) ??
    tables[platform].get(family) ?? {
      cause: `{platform} did not take it and says: ${code}.`,
      next: "After a fault of {platform} the hub tries again; else an admin reads the whole answer in the attempt and sends it again.",
    };
  const detail = because.slice(code.length).replace(/^: /, "");
  const fill = (text: string) =>
    text
      .replaceAll("{platform}", destinationKinds[platform].platform)
      .replaceAll("{status}", code.replace(/^http_/, ""))
      .replaceAll("{reason}", () => (detail === "" ? "(none)" : `“${detail}”`))
      .replaceAll("{detail}", () => detail || "no details")
      .replaceAll("{place}", () => place);
  return { cause: fill(cause), next: fill(next) };
}
