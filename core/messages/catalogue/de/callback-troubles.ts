import type { Catalogue } from "../../catalogue.ts";

const goesOn = "Der Hub versucht es 24 Stunden lang weiter, mit wachsenden Pausen.";

/** What became of a callback that was not taken, in German. */
export const callbackTroubles: Catalogue["troubles"]["callbacks"] = {
  http_410: {
    cause: "{host} sagt, dass es diese Adresse nicht mehr gibt; der Hub hat deshalb aufgehört.",
    next: "Berichtigen Sie die Callback-Adresse des Producers und senden Sie es dann noch einmal.",
  },
  http_401: {
    cause: "{host} wurde erreicht und hat die Signatur oder eine Anmeldung nicht anerkannt.",
    next: "Vergleichen Sie das dortige Callback-Geheimnis mit dem des Producers hier. Inzwischen wird es weiter versucht.",
  },
  http_404: {
    cause: "{host} wurde erreicht und hat nichts unter dieser Adresse.",
    next: "Berichtigen Sie die Callback-Adresse des Producers oder den Empfänger. Inzwischen wird es weiter versucht.",
  },
  address_refused: {
    cause:
      "Die Adresse führt an einen Ort, den dieser Hub nicht anruft, etwa in ein internes Netzwerk.",
    next: "Nehmen Sie die öffentliche https-Adresse, oder der Betreiber nennt den Host in OUTBOUND_ALLOW; senden Sie es dann noch einmal.",
  },
  timed_out: {
    cause:
      "{host} wurde erreicht und hat nicht rechtzeitig geantwortet; die Nachricht kann angekommen sein.",
    next: `Der Empfänger sollte zuerst antworten und dann arbeiten. ${goesOn}`,
  },
  unreachable: {
    cause: "Eine Verbindung zu {host} kam nicht zustande.",
    next: `Prüfen Sie, ob der Empfänger läuft und sein Name zu ihm führt. ${goesOn}`,
  },
  connection_lost: {
    cause:
      "Die Verbindung zu {host} brach ab, bevor eine Antwort kam; die Nachricht kann angekommen sein.",
    next: `Nichts zu tun: der Hub versucht es von selbst noch einmal. ${goesOn}`,
  },
  too_large: {
    cause: "Die Nachricht wäre größer, als ein Callback sein darf; gesendet wurde deshalb nichts.",
    next: "Lassen Sie den Producer weniger senden, oder einen Link statt des Inhalts.",
  },
  producer_unknown: {
    cause: "Der Producer wurde gelöscht, und sein Geheimnis mit ihm.",
    next: "Nichts zu tun: niemand ist da, dem es zu melden wäre.",
  },
  otherStatus: {
    cause: "{host} wurde erreicht und antwortete mit {status}.",
    next: `Sehen Sie beim Empfänger nach. ${goesOn}`,
  },
  other: {
    cause: "{host} hat es nicht angenommen: {code}.",
    next: `Sehen Sie beim Empfänger nach. ${goesOn}`,
  },
};
