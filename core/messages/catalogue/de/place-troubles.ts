import type { Catalogue } from "../../catalogue.ts";

type Troubles = Catalogue["troubles"];

const publicAddress = "Wer {place} betreut, trägt die öffentliche https-Adresse des Empfängers ein";

/** What saving, testing and sending to an address finds, in German. */
export const placeTroubles: Troubles["places"] = {
  urlMissing: {
    cause:
      "Es gibt nichts zu testen: {place} hat noch keine Adresse, weder getippt noch gespeichert.",
    next: "Schreiben Sie die Adresse ins Feld und testen Sie noch einmal; vorher zu speichern ist nicht nötig.",
  },
  urlMalformed: {
    cause: "Die Adresse von {place} ist keine Webadresse: {detail}.",
    next: "Kopieren Sie sie noch einmal von dort, wo sie entstand, ganz und ohne Leerzeichen.",
  },
  urlNotHttps: {
    cause: "Die Adresse von {place} ist nicht https, also könnten andere die Nachricht lesen.",
    next: "Nehmen Sie die https-Adresse, die der Empfänger Ihnen gibt.",
  },
  urlPort: {
    cause:
      "Port {detail} ist nicht erlaubt, nur der übliche Port 443; :443 zu schreiben ist in Ordnung.",
    next: "Lassen Sie den Port weg, oder bitten Sie den Betreiber des Empfängers um eine Adresse auf 443.",
  },
  urlWrongKind: {
    cause: "Die Adresse von {place} gehört nicht zu {platform}: ihr Host ist {detail}.",
    next: "Fügen Sie die richtige Adresse ein, oder wählen Sie die Art „Webhook“.",
  },
  urlRetired: {
    cause:
      "Die Adresse von {place} ist ein Office-365-Connector ({detail}); Microsoft hat diese abgeschaltet.",
    next: "Legen Sie im Kanal einen Workflows-Webhook an und fügen Sie dessen Adresse ein, oder installieren Sie die Teams-App, um Knöpfe zu bekommen.",
  },
  urlOldForm: {
    cause:
      "Die Adresse von {place} ist eine Workflows-Adresse der alten Form; Microsoft schaltet diese ab.",
    next: "Öffnen Sie den Workflow, kopieren Sie seine neue Adresse und fügen Sie sie ein, oder installieren Sie die Teams-App, um Knöpfe zu bekommen.",
  },
  refused: {
    cause:
      "{platform} wurde bei {place} erreicht und lehnte die Nachricht ab: HTTP {status}, als Grund steht dort {reason}.",
    next: "Wer {place} betreut, prüft Adresse, Zugangsdaten und Vorlage; sagt der Grund nichts, legt er einen neuen Hook an und fügt ihn ein.",
  },
  platformTrouble: {
    cause: "{platform} hat bei {place} selbst eine Störung: HTTP {status}.",
    next: "Warten Sie: der Hub versucht es 24 Stunden lang weiter, und nichts geht verloren.",
  },
  rateLimited: {
    cause: "Für {place} sind es gerade zu viele Nachrichten.",
    next: "Nichts zu tun: der Hub macht der Reihe nach weiter, sobald der Empfänger es zulässt. Kommt das oft vor, sendet jemand mit der Rolle router weniger dorthin.",
  },
  unreachable: {
    cause: "Keine Verbindung zu {place} binnen 8 Sekunden: {detail}.",
    next: "Prüfen Sie, ob die Adresse noch gilt und ob es das, wohin sie führt, noch gibt; der Betreiber prüft das ausgehende Netz.",
  },
  connectionLost: {
    cause: "Die Verbindung zu {place} brach ab, bevor eine Antwort kam ({detail}).",
    next: "Nichts zu tun: der Hub versucht es von selbst noch einmal.",
  },
  addressPrivate: {
    cause:
      "Die Adresse von {place} führt zu einer privaten Netzadresse ({detail}), und der Hub ruft nicht in interne Netze.",
    next: `${publicAddress}; für ein System im Haus kann der Betreiber den Host in OUTBOUND_ALLOW nennen.`,
  },
  addressLoopback: {
    cause: "Die Adresse von {place} ist der Rechner des Hubs selbst ({detail}).",
    next: `${publicAddress}.`,
  },
  addressLinkLocal: {
    cause:
      "Die Adresse von {place} ist eine Link-Local- oder Cloud-Metadaten-Adresse ({detail}); diese werden nie angerufen.",
    next: `${publicAddress}; eine Ausnahme gibt es nicht.`,
  },
  redirected: {
    cause:
      "Der Empfänger von {place} schickte uns weiter zu {detail}; Weiterleitungen folgt der Hub nicht.",
    next: "Tragen Sie die endgültige Adresse selbst ein.",
  },
  jsonInvalid: {
    cause: "Der Inhalt für {place} ist an dieser Stelle kein gültiges JSON: {detail}.",
    next: "Berichtigen Sie diese Stelle; Texte und Namen stehen in doppelten Anführungszeichen, einfache zählen nicht.",
  },
  templateInvalid: {
    cause: "Die Vorlage von {place} lässt sich nicht lesen: {detail}.",
    next: "Berichtigen Sie diese Stelle; Platzhalter sind LiquidJS: ein Name wie event.subject in doppelten geschweiften Klammern.",
  },
  placeholderMissing: {
    cause: "Das Ereignis hat das Feld {detail} von {place} nicht.",
    next: "Berichtigen Sie den Namen, oder geben Sie in der Vorlage einen Ersatzwert an, etwa event.data.team | default: “none”.",
  },
  headerBad: {
    cause: "Die Kopfzeile {detail} von {place} lässt sich nicht senden.",
    next: "Schreiben Sie je Zeile eine Kopfzeile, als Name: Wert, in einfachen lateinischen Zeichen; Content-Type, Host und die webhook-Kopfzeilen setzt der Hub selbst.",
  },
  timedOut: {
    cause: "{place} hat in {detail} nicht geantwortet, Ihrer eigenen Grenze.",
    next: "Erhöhen Sie die Grenze, oder lassen Sie den Empfänger zuerst antworten und dann arbeiten.",
  },
  tooLarge: {
    cause: "Der Inhalt für {place} ist zu groß: {detail}.",
    next: "Senden Sie einen Link statt des Inhalts.",
  },
};

/** What only Workflows addresses answer, in German. */
export const workflowTroubles: Troubles["workflows"] = {
  gone: {
    cause:
      "Der Workflow von {place} nimmt unter dieser Adresse nichts mehr an (HTTP {status}); es gibt ihn nicht mehr, er ist aus, oder seine Adresse hat sich geändert, und oft ist sein Besitzer gegangen.",
    next: "Der Besitzer des Kanals legt einen neuen Workflow an und fügt dessen Adresse ein, oder installiert die App.",
  },
  cardUnreadable: {
    cause: "Der Workflow von {place} konnte die Karte nicht lesen, die er bekam.",
    next: "Der Besitzer des Kanals legt den Workflow aus der Vorlage „Post to a channel when a webhook request is received“ an.",
  },
};
