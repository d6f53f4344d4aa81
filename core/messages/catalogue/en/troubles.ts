import { callbackTroubles } from "./callback-troubles.ts";
import { placeTroubles, workflowTroubles } from "./place-troubles.ts";
import { slackTroubles } from "./slack-troubles.ts";
import { teamsTroubles } from "./teams-troubles.ts";

/** Every sentence about an error, in English (FEATURES §6): the cause, and the next step with who does it. */
export const troubles = {
  slack: slackTroubles,
  teams: teamsTroubles,
  places: placeTroubles,
  workflows: workflowTroubles,
  callbacks: callbackTroubles,
  /** Codes of connections, the same for every platform. */
  unreached: {
    cause: "{platform} was not reached, or its answer did not come back.",
    next: "Nothing to do: the hub tries again by itself. If this stays, the operator checks the machine's way to the network.",
  },
  /** A code that nobody named is shown as it came. */
  unknown: {
    cause: "{platform} did not take it and says: {code}.",
    next: "After a fault of {platform} the hub tries again; else an admin reads the whole answer in the attempt and sends it again.",
  },
  receiver: "The receiver",
  quoted: (reason: string) => `“${reason}”`,
  noReason: "(none)",
  noDetail: "no details",
} as const;
