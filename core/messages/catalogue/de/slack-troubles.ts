import type { Catalogue } from "../../catalogue.ts";

const reconnect =
  "drückt auf der Seite des Workspaces auf „Neu verbinden“; Regeln, Kanäle und wartende Nachrichten bleiben.";
const rule = "oder jemand mit der Rolle router in diesem Hub wählt einen anderen Kanal.";
const nothing = "Nichts zu tun: der Hub versucht es von selbst noch einmal.";

/** What Slack's errors mean, in German. */
export const slackTroubles: Catalogue["troubles"]["slack"] = {
  notInChannel: {
    cause: "Die App ist nicht Mitglied von {place}.",
    next: "Jemand in {place} tippt die Einladungszeile, die auf der Seite des Workspaces steht; was wartet, wird dann gesendet.",
  },
  notInstalled: {
    cause: "Der Workspace von {place} ist nicht verbunden.",
    next: `Ein Admin dieses Hubs ${reconnect}`,
  },
  channelNotFound: {
    cause:
      "{place} gibt es nicht mehr, oder es ist privat und für die App verborgen; Slack sagt nicht, was davon.",
    next: "Jemand mit der Rolle router in diesem Hub wählt den Kanal neu, oder jemand im Kanal lädt die App ein.",
  },
  archived: {
    cause: "{place} wurde archiviert.",
    next: `Jemand mit dem Recht dazu stellt den Kanal in Slack wieder her, ${rule}`,
  },
  revoked: {
    cause:
      "Slack erkennt diese Installation nicht mehr an: die App wurde entfernt oder ihr Zugang entzogen.",
    next: `Ein Admin dieses Hubs ${reconnect}`,
  },
  tokenExpired: {
    cause: "Das Zugriffstoken des Workspaces ist abgelaufen oder ließ sich nicht erneuern.",
    next: `Der Hub erneuert es von selbst. Bleibt es dabei: ein Admin dieses Hubs ${reconnect}`,
  },
  scopeMissing: {
    cause: "Der App fehlt ein Recht, das hierfür nötig ist.",
    next: "Ein Admin dieses Hubs drückt auf der Seite des Workspaces auf „Neu berechtigen“ und stimmt dem genannten Recht zu.",
  },
  restricted: {
    cause: "Eine Regel des Workspaces verbietet dieser App, in {place} zu schreiben.",
    next: `Ein Slack-Admin ändert, wer dort schreiben darf, ${rule}`,
  },
  rateLimited: {
    cause: "Für Slack sind es gerade zu viele Nachrichten.",
    next: "Nichts zu tun: der Hub macht der Reihe nach weiter, sobald Slack es zulässt. Kommt das oft vor, sendet jemand mit der Rolle router weniger nach {place}.",
  },
  formRefused: {
    cause: "Slack hat die Form dieser Nachricht abgelehnt.",
    next: "Sie ging als kurze Karte mit einem Link hinaus; wer den Text des Producers schrieb, kürzt ihn.",
  },
  messageGone: {
    cause: "Die alte Nachricht in {place} wurde gelöscht oder lässt sich nicht mehr ändern.",
    next: "Das Ergebnis wurde als neue Nachricht gesendet; niemand muss etwas tun.",
  },
  noReplies: {
    cause: "Auf die Nachricht in {place} kann man nicht antworten.",
    next: "Nichts zu tun: die Karte selbst zeigt dasselbe.",
  },
  personGone: {
    cause: "{place} kann diese private Nachricht der App nicht bekommen.",
    next: "Jemand mit der Rolle router in diesem Hub berichtigt die Person, oder ein Admin schaltet den Nachrichten-Tab der App ein.",
  },
  formTooLate: {
    cause: "Das Formular öffnete sich zu spät oder zweimal; eine Stimme wurde nicht gespeichert.",
    next: "Die Person drückt noch einmal auf den Knopf.",
  },
  installStopped: {
    cause: "Die Installation wurde auf der Seite von Slack abgebrochen.",
    next: "Ein Admin dieses Hubs beginnt das Verbinden neu; müssen Apps dort freigegeben werden, tut das zuerst ein Admin des Workspaces.",
  },
  installUnfit: {
    cause: "Die Antwort der Installation passt nicht zu diesem Hub.",
    next: "Der Betreiber vergleicht Client ID, Client Secret und Rücksprungadresse mit `countersign manifest slack`.",
  },
  organizationBlocks: {
    cause: "Die Slack-Organisation sperrt die App für diesen Workspace.",
    next: "Ein Admin der Slack-Organisation gibt sie frei; was wartet, wird dann gesendet.",
  },
  hookGone: {
    cause: "Den Hook von {place} gibt es nicht mehr, oder er wurde abgeschaltet.",
    next: "Wer das Ziel betreut, legt in Slack einen neuen Hook an und fügt ihn ein, oder installiert die App und wählt einen Kanal.",
  },
  bodyUnreadable: {
    cause: "Slack konnte nicht lesen, was an {place} gesendet wurde.",
    next: "Wer das Ziel betreut, prüft seine Vorlage; die abgelehnte Stelle steht im Versuch.",
  },
  hookLimited: {
    cause: "Ein Admin des Workspaces schränkt den Hook von {place} ein.",
    next: "Ein Slack-Admin hebt das auf, oder die App tritt an die Stelle des Hooks.",
  },
  platformTrouble: {
    cause: "Slack hat selbst eine Störung.",
    next: nothing,
  },
  callUnproven: {
    cause:
      "Ein Aufruf der Slack-Adresse des Hubs war nicht mit dem Geheimnis der App signiert, oder eine Uhr geht mehr als fünf Minuten falsch.",
    next: "Der Betreiber vergleicht das Signing Secret mit dem der Slack-App und sieht nach der Uhr dieser Maschine.",
  },
  tooManySockets: {
    cause: "Slack hält schon zehn Verbindungen dieser App.",
    next: "Der Betreiber lässt weniger Prozesse laufen; die anderen hören weiter.",
  },
};
