/** Destinations: their list, their form, tests. */
export const places = {
  "Switched off: nothing is sent to it.": "Ausgeschaltet: Es wird nichts dorthin gesendet.",
  "In test: everything goes to its test target.": "Im Test: Alles geht an das Testziel.",
  "{0} is not connected.": "{0} ist nicht verbunden.",
  "Nothing was posted there lately.": "In letzter Zeit wurde nichts dorthin gesendet.",
  "A message is on its way.": "Eine Nachricht ist unterwegs.",

  "Any health": "Jeder Zustand",
  "Disabled or in test": "Ausgeschaltet oder im Test",
  "all fine": "alle in Ordnung",
  "one needs you": "eines braucht Sie",
  "{0} need you": "{0} brauchen Sie",
  "Add destination": "Ziel hinzufügen",
  "Filter by name, place or label": "Nach Name, Ort oder Etikett filtern",
  "Name, place or label": "Name, Ort oder Etikett",
  "There is no destination yet.": "Es gibt noch kein Ziel.",
  "Add a destination": "Ein Ziel hinzufügen",
  "A channel or an address that rules can name.":
    "Ein Kanal oder eine Adresse, die Regeln nennen können.",
  "No destination fits this filter.": "Kein Ziel passt zu diesem Filter.",
  "Used by": "Genutzt von",
  "Last sent": "Zuletzt gesendet",
  "in test": "im Test",
  "no rule yet": "noch keine Regel",
  "not lately": "länger nicht",
  Operations: "Betrieb",
  "Tell the hub's own troubles at": "Eigene Störungen des Hubs melden an",
  "no buttons": "ohne Knöpfe",
  "A workspace that takes its access away, a destination that breaks, a callback that fails: what no rule takes of these goes there.":
    "Ein Workspace, der den Zugang entzieht, ein Ziel, das ausfällt, ein Rückruf, der scheitert: Was davon keine Regel nimmt, geht dorthin.",

  Webhook: "Webhook",
  "Any HTTP endpoint: a ticket system, an archive, a pager. Each event goes out as JSON of your own shape, signed.":
    "Jeder HTTP-Endpunkt: ein Ticketsystem, ein Archiv, ein Pager. Jedes Ereignis geht als JSON in Ihrer eigenen Form hinaus, signiert.",
  "Slack incoming webhook": "Slack Incoming Webhook",
  "No buttons, a fixed channel: messages only, by an address that begins with https://hooks.slack.com/.":
    "Keine Knöpfe, ein fester Kanal: nur Nachrichten, über eine Adresse, die mit https://hooks.slack.com/ beginnt.",
  "Install the Slack app to get Approve and Reject in the message, one message that shows the decision, and any channel to pick and change.":
    "Installieren Sie die Slack-App: Dann stehen Freigeben und Ablehnen in der Nachricht, eine einzige Nachricht zeigt die Entscheidung, und jeder Kanal lässt sich wählen und wechseln.",
  "Teams Workflows webhook": "Teams-Workflows-Webhook",
  "No buttons, a fixed channel: cards only, by an address that a workflow in Teams gives out.":
    "Keine Knöpfe, ein fester Kanal: nur Karten, über eine Adresse, die ein Workflow in Teams ausgibt.",
  "Install the Teams app to get Approve and Reject on the card, one card that shows the decision, any standard channel, and no workflow that ends when its owner leaves.":
    "Installieren Sie die Teams-App: Dann stehen Freigeben und Ablehnen auf der Karte, eine einzige Karte zeigt die Entscheidung, jeder Standardkanal ist möglich, und kein Workflow endet, wenn sein Besitzer geht.",
  "Slack channel": "Slack-Kanal",
  "Teams channel": "Teams-Kanal",
  "A channel, with buttons": "Ein Kanal, mit Knöpfen",
  "A channel of a connected Slack workspace or Microsoft 365 tenant. People approve and reject in the message, and every copy shows the decision.":
    "Ein Kanal eines verbundenen Slack-Workspaces oder Microsoft-365-Mandanten. Freigegeben und abgelehnt wird in der Nachricht, und jede Kopie zeigt die Entscheidung.",
  "Choose a workspace": "Einen Workspace wählen",
  "An admin chooses channels under Workspaces.": "Ein Admin wählt Kanäle unter Workspaces.",
  "An address, messages only": "Eine Adresse, nur Nachrichten",
  "a {0}": "als {0}",
  "Add a {0}": "{0} hinzufügen",

  "What rules say: letters of any script, digits, space and # - _ . › /":
    "Was Regeln sagen: Buchstaben jeder Schrift, Ziffern, Leerzeichen und # - _ . › /",
  "Live events": "Echte Ereignisse",
  "Test target": "Testziel",
  "In test, everything goes there and nothing here.":
    "Im Test geht alles dorthin und nichts hierher.",
  "Where messages go while this one takes none; without one they are held.":
    "Dorthin gehen Nachrichten, solange dieses Ziel keine annimmt; ohne Ersatzziel werden sie zurückgehalten.",
  Labels: "Etiketten",
  "they explain and filter, nothing else": "sie erklären und filtern, sonst nichts",
  Description: "Beschreibung",
  Application: "Anwendung",
  Environment: "Umgebung",
  "Test with": "Testen mit",
  "a plain hello": "einem einfachen Gruß",
  "the sample of {0}": "dem Beispiel von {0}",
  "Test what is typed": "Eingaben testen",
  "Send a test": "Einen Test senden",
  "Save destination": "Ziel speichern",
  "Save changes": "Änderungen speichern",
  "Stored now: {0}.": "Jetzt gespeichert: {0}.",
  "leave empty to keep what is stored": "leer lassen, um das Gespeicherte zu behalten",
  "In which cards, notes and private answers are written there. What producers write stays as it is.":
    "In dieser Sprache erscheinen dort Karten, Hinweise und private Antworten. Was Quellen schreiben, bleibt, wie es ist.",
  "live events go out": "echte Ereignisse gehen hinaus",
  "Switched off": "Ausgeschaltet",
  "live events stop here, types and settings stay; tests still arrive":
    "echte Ereignisse enden hier, Typen und Einstellungen bleiben; Tests kommen weiter an",
  "In test": "Im Test",
  "everything goes to the test target, nothing here": "alles geht an das Testziel, nichts hierher",

  "Routers and admins change destinations.": "Ziele ändern Router und Admins.",
  channel: "Kanal",
  "Every call is signed as Standard Webhooks. This secret verifies them; it is shown once:":
    "Jeder Aufruf ist nach Standard Webhooks signiert. Dieses Geheimnis prüft sie; es wird einmal gezeigt:",
  "What was posted is not edited: a second message tells how a request ended.":
    "Gesendetes wird nicht geändert: Wie eine Anfrage endete, sagt eine zweite Nachricht.",
  "What you would gain:": "Was Sie gewännen:",
  "Connect it": "Jetzt verbinden",
  "One message is kept.": "Eine Nachricht wird zurückgehalten.",
  "{0} messages are kept.": "{0} Nachrichten werden zurückgehalten.",
  "They go out by themselves when it works again.":
    "Sie gehen von selbst hinaus, wenn es wieder geht.",
  "One message was given up.": "Eine Nachricht ist endgültig gescheitert.",
  "{0} messages were given up.": "{0} Nachrichten sind endgültig gescheitert.",
  "Send it again": "Erneut senden",
  "Send all {0} again": "Alle {0} erneut senden",
  "What was sent here": "Was hierher gesendet wurde",
  "Its channel": "Sein Kanal",
  "nothing was sent": "es wurde nichts gesendet",
  "What placeholders may name": "Was Platzhalter nennen dürfen",
  "Nothing names it yet. {0} that sends events here.":
    "Noch nennt es nichts. {0}, die Ereignisse hierher sendet.",
  "Add a rule": "Eine Regel hinzufügen",
  "Remove destination": "Ziel entfernen",
  "Remove it": "Entfernen",
  "not while something uses it; let these use another one first":
    "nicht, solange etwas es nutzt; lassen Sie diese erst ein anderes nutzen",

  done: "erledigt",
  failed: "gescheitert",
  waits: "wartet",
  "not tried": "nicht versucht",
  "The test message was taken": "Die Testnachricht wurde angenommen",
  "The test failed": "Der Test ist gescheitert",
  "No answer yet": "Noch keine Antwort",
  "What to do:": "Was zu tun ist:",
  "Code {0}": "Code {0}",
  "Raw answer": "Antwort im Wortlaut",
  "See the attempt": "Den Versuch ansehen",

  "asked after the rules": "wird nach den Regeln gefragt",
  "Every type that rules bring": "Jeder Typ, den Regeln bringen",
  "take this off to choose single types below":
    "nehmen Sie dies weg, um unten einzelne Typen zu wählen",
  "also those that come later": "auch solche, die später kommen",
  "Single types": "Einzelne Typen",
  "none chosen": "keiner gewählt",
  "{0} chosen": "{0} gewählt",
  "Single event types": "Einzelne Ereignistypen",
  "Others and beginnings": "Andere und Anfänge",
  "With a space between; a star ends a beginning.":
    "Mit Leerzeichen dazwischen; ein Stern beendet einen Anfang.",

  rule: "Regel",
  "unrouted events": "Ereignisse ohne Ziel",
  workspace: "Workspace",
  destination: "Ziel",
  operations: "Betrieb",
  "the hub's own troubles": "die eigenen Störungen des Hubs",
  "the fallback of the rules": "das Ersatzziel der Regeln",

  "Destinations are shown to people with the role admin, router or auditor.":
    "Ziele sehen Personen mit der Rolle admin, router oder auditor.",
  "Ask an admin for one of these roles.": "Bitten Sie einen Admin um eine dieser Rollen.",
  "Only routers and admins change destinations": "Nur Router und Admins ändern Ziele",
  "Your roles do not include router or admin. Nothing was changed.":
    "Ihre Rollen enthalten weder router noch admin. Es wurde nichts geändert.",
  "{0} is saved. Name it in a rule.": "{0} ist gespeichert. Nennen Sie es in einer Regel.",
  "Not saved. {0}": "Nicht gespeichert. {0}",
  "Somebody saved this destination meanwhile. What you typed stands below; look at what holds now, then save again.":
    "Inzwischen hat jemand dieses Ziel gespeichert. Ihre Eingaben stehen unten; sehen Sie, was jetzt gilt, und speichern Sie dann noch einmal.",
  "It is needed by {0}. Let these use another destination, then remove it.":
    "Es wird gebraucht: {0}. Lassen Sie diese ein anderes Ziel nutzen, dann entfernen Sie es.",
  "Nothing was sent. {0}": "Es wurde nichts gesendet. {0}",
  "Unsaved value: save it if you want live events to go there.":
    "Noch nicht gespeichert: Speichern Sie, wenn echte Ereignisse dorthin gehen sollen.",
  "Live events are off here: only tests arrive.":
    "Echte Ereignisse sind hier ausgeschaltet: Nur Tests kommen an.",
  "Signing secret": "Signaturgeheimnis",
  "{0} has a new signing secret.": "{0} hat ein neues Signaturgeheimnis.",
  "this destination": "dieses Ziel",
  "no workspace": "kein Workspace",
  "no address": "keine Adresse",

  Test: "Testen",
  "{0} before it is chosen": "{0}, bevor der Kanal gewählt ist",
  "Go on with {0}": "Mit {0} weitermachen",
  "Test {0} with": "{0} testen mit",
  "Test again": "Noch einmal testen",
  "Move to {0}": "In {0} legen",
  "Choose {0}": "{0} wählen",
} as const;
