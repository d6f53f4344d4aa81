import type { Catalogue } from "../../catalogue.ts";

/** What is said of channels and names that cannot be chosen, in German. */
export const channels: Catalogue["channels"] = {
  notIn: {
    slack: (channel, invite) =>
      `Die App ist nicht in ${channel}. Jemand im Kanal tippt ${invite}; diese Zeile wird von selbst grün.`,
    teams: (channel) =>
      `${channel} ist ein privater oder geteilter Kanal, und Teams lässt dort keine App schreiben. Wählen Sie einen Standardkanal des Teams.`,
  },
  gone: {
    slack: (invite) =>
      `Slack zeigt keinen solchen Kanal: es gibt ihn nicht mehr, oder er ist privat und für die App verborgen; Slack sagt nicht, was davon. Ist er privat, so tippt jemand im Kanal ${invite}; sehen Sie dann noch einmal nach.`,
    teams: () =>
      "Teams zeigt keinen solchen Kanal: es gibt ihn nicht mehr, oder er ist privat und für die App verborgen; Teams sagt nicht, was davon. Ist er privat, so fügt ein Besitzer des Teams die App hinzu; sehen Sie dann noch einmal nach.",
  },
  noAnswer: (platform, because) =>
    `${platform} hat nicht geantwortet (${because}). Versuchen Sie es in einer Minute noch einmal.`,
  notConnected: (platform, workspace) =>
    `${workspace} ist nicht verbunden. Ein Admin drückt auf „Neu verbinden“, dann lässt sich ${platform} fragen.`,
  archived: (platform, channel) =>
    `${channel} ist archiviert. Stellen Sie den Kanal in ${platform} wieder her, oder wählen Sie einen anderen.`,
  outsiders: {
    allowed:
      "Menschen anderer Firmen lesen diesen Kanal mit. Auch Freigabeanfragen gehen dorthin, weil dieser Workspace es erlaubt.",
    kept: "Menschen anderer Firmen lesen diesen Kanal mit. Informationen gehen dorthin, Freigabeanfragen nicht, es sei denn, ein Admin erlaubt es für diesen Workspace.",
    refused: (channel, rules) =>
      `Menschen anderer Firmen lesen ${channel} mit, und ${rules.length === 1 ? "die Regel" : "die Regeln"} ${rules.join(", ")} ${rules.length === 1 ? "würde" : "würden"} dort Freigabeanfragen zeigen. Ein Admin kann das für diesen Workspace erlauben; oder wählen Sie einen anderen Kanal.`,
  },
  taken: (channel, destination) =>
    `${channel} ist schon das Ziel ${destination}. Nehmen Sie dieses, oder löschen Sie es zuerst.`,
  nameTaken: (name) => `Ein anderes Ziel heißt schon ${name}. Wählen Sie einen freien Namen.`,
  nameBad:
    "Ein Name hat bis zu 100 Zeichen: Buchstaben jeder Schrift, Ziffern, Leerzeichen und # - _ . › / und keine anderen.",
  unknownPlace:
    "Einen solchen Workspace gibt es hier nicht, oder er sagt zu wenig über diesen Kanal, um dorthin zu schreiben.",
  noEventType:
    "Es ist kein Ereignistyp gewählt, also würde nie etwas gesendet. Wählen Sie mindestens einen Typ und speichern Sie dann.",
};
