import type { Catalogue } from "../../catalogue.ts";
import { callbackTroubles } from "./callback-troubles.ts";
import { placeTroubles, workflowTroubles } from "./place-troubles.ts";
import { slackTroubles } from "./slack-troubles.ts";
import { teamsTroubles } from "./teams-troubles.ts";

/** Every sentence about an error, in German. */
export const troubles: Catalogue["troubles"] = {
  slack: slackTroubles,
  teams: teamsTroubles,
  places: placeTroubles,
  workflows: workflowTroubles,
  callbacks: callbackTroubles,
  unreached: {
    cause: "{platform} wurde nicht erreicht, oder die Antwort kam nicht zurück.",
    next: "Nichts zu tun: der Hub versucht es von selbst noch einmal. Bleibt es dabei, prüft der Betreiber den Weg der Maschine ins Netz.",
  },
  unknown: {
    cause: "{platform} hat es nicht angenommen und sagt: {code}.",
    next: "Nach einer Störung bei {platform} versucht der Hub es noch einmal; sonst liest ein Admin im Versuch die ganze Antwort und sendet es noch einmal.",
  },
  receiver: "Der Empfänger",
  quoted: (reason) => `„${reason}“`,
  noReason: "(keiner)",
  noDetail: "ohne Einzelheiten",
};
