import type { Catalogue } from "../../catalogue.ts";

const rule = "oder jemand mit der Rolle router in diesem Hub wählt einen anderen Kanal.";
const shortened =
  "Sie ging als kurze Karte mit einem Link hinaus; wer den Text des Producers schrieb, kürzt ihn.";

/** What errors of Teams and its login mean, in German. */
export const teamsTroubles: Catalogue["troubles"]["teams"] = {
  notInPlace: {
    cause: "Die App ist nicht im Team oder Chat von {place}.",
    next: "Ein Besitzer des Teams fügt die App hinzu; was wartet, wird dann gesendet.",
  },
  blockedByAdmin: {
    cause: "Der Teams-Admin dieses Tenants sperrt die App.",
    next: "Der Teams-Admin lässt sie im Admin Center zu.",
  },
  blockedByPerson: {
    cause: "{place} hat die App blockiert oder entfernt.",
    next: "Die Person fügt die App wieder hinzu, oder jemand mit der Rolle router in diesem Hub wählt einen Kanal.",
  },
  forbidden: {
    cause: "Die App darf das in {place} nicht.",
    next: "Jemand mit der Rolle router in diesem Hub wählt einen Standardkanal, oder der Besitzer des Teams erlaubt es.",
  },
  wrongServiceAddress: {
    cause: "Die gespeicherte Dienstadresse von {place} ist nicht die des Tenants.",
    next: "Nichts zu tun: die nächste Aktivität berichtigt sie. Bleibt es dabei, fügt ein Besitzer des Teams die App neu hinzu.",
  },
  uninstalled: {
    cause: "Jedes Team von {place} hat die App entfernt.",
    next: "Ein Besitzer eines Teams fügt sie wieder hinzu; sie verbindet sich von selbst, und was wartet, wird dann gesendet.",
  },
  placeGone: {
    cause: "{place} wurde gelöscht.",
    next: "Jemand mit der Rolle router in diesem Hub wählt einen anderen Kanal.",
  },
  archived: {
    cause: "Das Team von {place} ist archiviert.",
    next: `Ein Besitzer des Teams stellt es wieder her, ${rule}`,
  },
  serviceHostRefused: {
    cause: "Teams nannte für {place} eine Dienstadresse, die dieser Hub nicht anrufen darf.",
    next: "Der Betreiber vergleicht sie mit TEAMS_SERVICE_HOSTS.",
  },
  notInstalled: {
    cause: "Der Tenant von {place} ist nicht verbunden.",
    next: "Ein Admin dieses Hubs verbindet ihn unter Workspaces neu; was wartet, wird dann gesendet.",
  },
  tenantRefused: {
    cause: "Der Betreiber dieses Hubs lässt den Tenant nicht mehr zu.",
    next: "Der Betreiber trägt die ID des Tenants in TEAMS_ALLOWED_TENANTS ein, oder ein Admin trennt ihn hier; was wartet, bleibt erhalten.",
  },
  messageGone: {
    cause: "Die alte Nachricht in {place} wurde gelöscht.",
    next: "Das Ergebnis wurde als neue Nachricht gesendet; niemand muss etwas tun.",
  },
  appUnknown: {
    cause: "Die App-ID ist im gefragten Tenant nicht bekannt.",
    next: "Ein Admin prüft App-ID und Tenant unter Workspaces, Teams-App; neue Bots gehören zu einem einzigen Tenant.",
  },
  secretWrong: {
    cause: "Das Client Secret des Bots ist falsch oder abgelaufen.",
    next: "Ein Admin legt in Azure ein neues an und speichert es unter Workspaces, Teams-App; was wartet, wird dann gesendet.",
  },
  consentMissing: {
    cause: "Die Zustimmung zu einer Berechtigung fehlt.",
    next: "Ein Admin des Tenants stimmt zu.",
  },
  tenantUnknown: {
    cause: "Den Tenant gibt es nicht, oder es ist nicht der, der zugestimmt hat.",
    next: "Ein Admin dieses Hubs beginnt die Installation neu, vom richtigen Tenant aus.",
  },
  tooBig: {
    cause: "Die Karte ist zu groß für Teams.",
    next: shortened,
  },
  rateLimited: {
    cause: "Für Teams sind es gerade zu viele Nachrichten.",
    next: "Nichts zu tun: der Hub macht der Reihe nach weiter, sobald Teams es zulässt.",
  },
  platformTrouble: {
    cause: "Teams hat selbst eine Störung.",
    next: "Nichts zu tun: der Hub versucht es von selbst noch einmal.",
  },
  formRefused: {
    cause: "Teams hat die Form dieser Karte abgelehnt.",
    next: shortened,
  },
  callUnproven: {
    cause:
      "Ein Aufruf der Teams-Adresse des Hubs belegte nicht, dass er für diese App von Microsoft kommt; er blieb ohne Wirkung.",
    next: "Ein Admin vergleicht App-ID und Tenant mit denen des Azure Bot; der Betreiber prüft die Uhr dieser Maschine. Stimmt beides, war es ein Fremder.",
  },
  workflowGone: {
    cause:
      "Den Workflow von {place} gibt es nicht mehr, er ist aus, oder seine Adresse hat sich geändert; oft ist sein Besitzer gegangen.",
    next: "Der Besitzer des Kanals legt einen neuen Workflow an und fügt dessen Adresse ein, oder installiert die App.",
  },
};
