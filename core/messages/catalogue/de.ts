import { saySpan } from "../../domain/duration.ts";
import type { Catalogue } from "../catalogue.ts";
import { channels } from "./de/channels.ts";
import { installs } from "./de/installs.ts";
import { troubles } from "./de/troubles.ts";

/** Every text that people read in chat, and of every error, in German. */
export const de: Catalogue = {
  locale: "de-DE",
  troubles,
  installs,
  channels,
  states: {
    waiting: "Wartet auf Freigabe",
    approved: "Freigegeben",
    rejected: "Abgelehnt",
    expired: "Abgelaufen",
    cancelled: "Zurückgezogen",
    locked: "Gesperrt",
    revoked: "Widerrufen",
    information: "Information",
  },
  levels: {
    debug: "Debug",
    info: "Information",
    notice: "Hinweis",
    warning: "Warnung",
    alert: "Alarm",
    critical: "Kritisch",
  },
  happenings: {
    opened: "Freigabe erbeten",
    approved: "Freigegeben",
    rejected: "Abgelehnt",
    expired: "Abgelaufen",
    cancelled: "Zurückgezogen",
    revoked: "Widerrufen",
    pin_failed: "Falsche PIN",
    locked: "Gesperrt",
    executed: "Ausgeführt",
    granted: "Gewährt",
    fulfilled: "Erfüllt",
    failed: "Fehlgeschlagen",
  },
  surfaces: {
    producer: "im Ursprungssystem",
    slack: "in Slack",
    teams: "in Teams",
    web: "auf der Webseite",
    api: "per API",
  },
  card: {
    askedBy: (name) => `erbeten von ${name}`,
    unknownRequester: (name) => `${name} (hier nicht bekannt)`,
    from: (name) => `aus ${name}`,
    actor: (name) => `durch ${name}`,
    decidedBy: (state, name, where) => `${state} von ${name} ${where}`,
    endedBy: (state, name) => `${state} von ${name}`,
    lockedBecause: (state, why) => `${state}: ${why}`,
    reason: (words) => `„${words}“`,
    tally: (count, of) => `${count} von ${of}`,
    rejections: (count, of) => `${count} von ${of} Ablehnungen`,
    mayDecide: (who) => `es entscheiden: ${who}`,
    anyApprover: "alle mit der Rolle Approver",
    expires: "läuft ab ",
    approvedVote: (name) => `${name} gab frei `,
    rejectedVote: (name) => `${name} lehnte ab `,
    outcomes: {
      executed: "ausgeführt ",
      granted: "gewährt ",
      fulfilled: "erfüllt ",
      failed: "fehlgeschlagen ",
    },
    open: "Öffnen",
    openFull: "ganz lesen",
    readToDecide: "zu lang, um hier zu entscheiden: Öffnen drücken",
    testOf: (place) => `Test von ${place}: dorthin ging es nicht`,
    sampleTest: "Testnachricht mit Beispielinhalt; es ist nichts geschehen",
    decideThere: "Auf der Seite entscheiden",
    seePage: "Zur Seite",
    insteadOf: (place, because) =>
      `war für ${place} bestimmt und wurde dort nicht angenommen: ${because}`,
    waitingPlain: (until) => `wartet auf Freigabe, läuft ab ${until}`,
  },
  notes: {
    saysOtherwise: (producer, ended) => `aber ${producer} sagt: ${ended}`,
    stands: (state) => `Hier stand vorher schon fest: ${state}. Dabei bleibt es.`,
    askedAgain: (producer) => `${producer} hat noch einmal gefragt, mit anderem Inhalt`,
    cardStays: "Die Karte bleibt, wie zuerst gefragt wurde.",
    title: "Titel",
    body: "Text",
  },
  buttons: {
    approve: "Freigeben",
    reject: "Ablehnen",
    cancel: "Abbrechen",
    close: "Schließen",
    submitReject: "Ablehnen",
    submitApprove: "Freigeben",
  },
  reason: {
    label: "Warum? Wer gefragt hat, liest das",
    hint: (least) => `Mindestens ${least} Zeichen`,
    tooShort: (least) => `Bitte mindestens ${least} Zeichen.`,
    rejectTitle: "Anfrage ablehnen?",
    approveTitle: "Anfrage freigeben?",
    oneEnds: "Eine Ablehnung beendet die Anfrage.",
  },
  answers: {
    recorded: "Gespeichert.",
    voteRecorded: "Ihre Stimme ist gespeichert.",
    notInstalled:
      "Countersign ist in diesem Workspace nicht installiert, deshalb wurde nichts gespeichert. Bitten Sie einen Admin, ihn zu verbinden.",
    dialogTooLate:
      "Slack hat zu lange auf das Formular gewartet, deshalb wurde nichts gespeichert. Drücken Sie noch einmal.",
    dialogFailed:
      "Das Formular ließ sich nicht öffnen, deshalb wurde nichts gespeichert. Drücken Sie in einer Minute noch einmal.",
  },
  ago: (ms) => {
    const span = saySpan(ms);
    return span === "just now" ? "gerade eben" : `vor ${span.replace("days", "Tagen")}`;
  },
  personal: {
    waiting: (count: number) =>
      count === 0
        ? "Nichts wartet auf Sie"
        : count === 1
          ? "Eine Anfrage wartet auf Sie"
          : `${count} Anfragen warten auf Sie`,
    known: (name: string) => `○ Sie sind hier ${name}`,
    from: (producer: string, expires: string) => `von ${producer} · läuft ab ${expires}`,
    all: "Alle Freigaben",
    help: "Anfragen kommen als Karten in die Kanäle, die Ihre Admins gewählt haben. Entscheiden Sie dort mit den Knöpfen oder auf der Seite der Anfrage. Nichts, was hier geschrieben wird, gilt als Entscheidung.",
    unknown: "Countersign weiß noch nicht, wer Sie sind",
    unknownStatus: "○ Dieses Konto gehört noch zu niemandem",
    link: "Konto verbinden",
    linkBody:
      "Öffnen Sie den privaten Link binnen 10 Minuten und melden Sie sich an: Von da an zählen Ihre Klicks. Geben Sie ihn nicht weiter.",
    outsider: "Sie sind von außerhalb hier",
    unidentified: "Wir konnten gerade nicht erfahren, wer Sie sind",
    unidentifiedStatus: "Kommen Sie in einer Minute wieder; dann steht hier, was auf Sie wartet.",
    channels: {
      help: "Schreiben Sie Kanäle, oder Kanäle und einen Teil eines Namens, um einen Kanal zu wählen, in den Regeln senden können.",
      title: "Einen Kanal wählen",
      status: "○ Er wird ein Ziel, das Regeln nennen können",
      more: (count: number) =>
        `Hier stehen die ersten ${count} Kanäle. Schreiben Sie Kanäle und einen Teil eines Namens, um andere zu finden.`,
      none: "Kein Kanal wurde gefunden, in den die App schreiben kann.",
      listing:
        "Die Kanäle werden noch aufgelistet. Schreiben Sie in einer Minute noch einmal Kanäle.",
      standard: "Standard",
      already: (name: string) => `schon ${name}`,
      label: "Kanal",
      hint: "Tippen Sie einen Teil des Namens",
      missing: "Wählen Sie zuerst einen Kanal.",
      question: "Soll dieser Kanal ein Ziel werden, das Regeln nennen können?",
      submit: "Wählen",
      cancel: "Abbrechen",
      chosen: (name: string) => `${name} ist ein Ziel`,
      chosenBy: (person: string) => `✓ ${person} hat es gewählt`,
      named: (name: string) =>
        `Regeln nennen es so: "to": ["${name}"]. Bis eine das tut, wird nichts dorthin gesendet.`,
      open: "Ziel öffnen",
      refused: "Kein Kanal wurde gewählt",
      unchanged: "○ Nichts hat sich geändert",
      notRouter:
        "Kanäle wählen Menschen mit der Rolle admin oder router. Bitten Sie einen Admin um die Rolle router.",
      notConnected:
        "Dieser Workspace ist nicht mit dem Hub verbunden. Bitten Sie einen Admin, ihn in der Konsole zu verbinden.",
    },
  },
  refusals: {
    outsider:
      "Außenstehende können hier nicht entscheiden. Bitten Sie jemanden aus diesem Workspace, zu entscheiden.",
    unidentified:
      "Wir konnten gerade nicht erfahren, wer Sie sind, deshalb zählte Ihr Klick nicht. Drücken Sie in einer Minute noch einmal.",
    notLinked: (account) =>
      `Countersign weiß noch nicht, wer Sie sind. Bitten Sie einen Admin, ${account} zu verknüpfen, und drücken Sie dann noch einmal; die Anfrage ist weiter offen.`,
    linkYourself: (link) =>
      `Countersign weiß noch nicht, wer Sie sind. Öffnen Sie binnen 10 Minuten diesen privaten Link und drücken Sie dann noch einmal; die Anfrage ist weiter offen: ${link}`,
    accounts: {
      slack: "Ihr Slack-Konto",
      teams: "Ihr Teams-Konto",
      web: "Sie",
      api: "Sie",
    },
    suspended:
      "Ihr Zugang zu Countersign ist ausgesetzt, deshalb zählte Ihr Klick nicht. Wenden Sie sich an einen Admin des Hubs.",
    decided: {
      approved: (name, when, where) => `${name} hat das ${when} ${where} freigegeben.`,
      rejected: (name, when, where) => `${name} hat das ${when} ${where} abgelehnt.`,
    },
    expired: (when) =>
      `Diese Anfrage ist ${when} abgelaufen. Bitten Sie darum, dass sie neu gestellt wird.`,
    revoked: (name, when) => `${name} hat diese Freigabe ${when} widerrufen.`,
    cancelled: (name, when) =>
      `${name} hat das ${when} zurückgezogen. Bitten Sie um eine neue Anfrage, wenn es noch gebraucht wird.`,
    locked: (why) => `Diese Anfrage ist gesperrt: ${why}. Ein Admin kann sie entsperren.`,
    ownRequest: (who) =>
      `Über die eigene Anfrage können Sie nicht entscheiden. Wer es kann: ${who}.`,
    notEligible: (who) => `Ihre Stimme ist hier nicht gefragt. Wer entscheiden kann: ${who}.`,
    surfaceOff: (where) =>
      `Über diese Anfrage wird nicht ${where} entschieden. Drücken Sie Öffnen und entscheiden Sie auf ihrer Seite.`,
    voted: {
      approve: (when, where) => `Ihre Stimme steht: Sie haben das ${when} ${where} freigegeben.`,
      reject: (when, where) => `Ihre Stimme steht: Sie haben das ${when} ${where} abgelehnt.`,
    },
    reasonMissing: (least) =>
      `Es braucht eine Begründung von mindestens ${least} Zeichen. Gespeichert wurde nichts.`,
    signOnNeeded: (minutes) =>
      `Diese Anfrage verlangt eine frische Anmeldung per Single Sign-on: Melden Sie sich noch einmal an, höchstens ${minutes} Minuten vor der Entscheidung. Gespeichert wurde nichts.`,
    contentChanged:
      "Diese Karte zeigt nicht mehr, was die Anfrage jetzt sagt, deshalb zählte Ihr Klick nicht. Lesen Sie sie noch einmal und drücken Sie dann.",
    unknownRequest:
      "Countersign kennt die Anfrage auf dieser Karte nicht. Vielleicht gehört sie zu einem anderen Hub; fragen Sie, wer sie geschickt hat.",
    unknownAction: "Dieser Knopf gehört nicht zur Anfrage. Gespeichert wurde nichts.",
    notConfirmed:
      "Wir konnten nicht bestätigen, dass Ihr Klick gespeichert ist. Drücken Sie in einer Minute noch einmal; er zählt einmal.",
  },
};
