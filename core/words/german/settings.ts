/** The pages under Settings, the audit log, and the ways to sign in. */
export const settings = {
  "Producers and keys": "Quellen und Schlüssel",
  "Systems that post events, where they are called back, and API keys.":
    "Systeme, die Ereignisse senden, wohin sie zurückgerufen werden, und API-Schlüssel.",
  "Sign-in": "Anmeldung",
  "How people get into this console.": "Wie Personen in diese Konsole kommen.",
  "Audit log": "Änderungsprotokoll",
  "Who changed what, and when, in a chain that shows when somebody changes it.":
    "Wer wann was geändert hat, in einer Kette, die zeigt, wenn jemand sie verändert.",
  "Who decides what, how many, by when, and what of it nobody may weaken.":
    "Wer was entscheidet, wie viele, bis wann, und was davon niemand abschwächen darf.",
  "Settings are looked after by people with the role admin. Routers and auditors read the audit log.":
    "Um die Einstellungen kümmern sich Personen mit der Rolle admin. Mit den Rollen router und auditor liest man das Änderungsprotokoll.",
  "Verify the chain": "Kette prüfen",
  "No such row": "Keine solche Zeile",
  "Nothing has been changed yet": "Es wurde noch nichts geändert",
  "Sign-ins, votes and every change of people, rules and settings will stand here.":
    "Hier werden Anmeldungen, Stimmen und jede Änderung an Personen, Regeln und Einstellungen stehen.",
  Changes: "Änderungen",
  "newest first": "neueste zuerst",
  "by a one-time link": "mit einem Einmal-Link",
  "by password": "mit Passwort",
  "by single sign-on": "mit Single Sign-on",
  Everything: "Alles",
  "Sign-ins": "Anmeldungen",
  "Votes and closings": "Stimmen und Abschlüsse",
  "Refused clicks": "Abgewiesene Klicks",
  Redeliveries: "Erneute Zustellungen",
  "What was changed": "Was geändert wurde",
  "By whom": "Von wem",
  "name or id": "Name oder Kennung",
  "Of what": "Woran",
  Since: "Seit",
  "verb: Filter": "Filtern",
  "Row {0} was changed after it was written.":
    "Zeile {0} wurde geändert, nachdem sie geschrieben war.",
  "Row {0} is missing.": "Zeile {0} fehlt.",
  "Row {0} stands where another was written.": "Zeile {0} steht, wo eine andere geschrieben wurde.",
  "Row {0} is missing: rows were cut off the end.":
    "Zeile {0} fehlt: Am Ende wurden Zeilen abgeschnitten.",
  "Row {0} is the last, and the head that is kept beside the rows is gone.":
    "Zeile {0} ist die letzte, und der Kopf, der neben den Zeilen aufbewahrt wird, ist fort.",
  "Row {0} is the last, and the head that is kept beside the rows is not one of this hub’s.":
    "Zeile {0} ist die letzte, und der Kopf, der neben den Zeilen aufbewahrt wird, ist keiner von diesem Hub.",
  "All {0} rows stand as they were written. Head: {1}. Noted elsewhere, it also shows rows that are written anew: {2}.":
    "Alle {0} Zeilen stehen, wie sie geschrieben wurden. Kopf: {1}. Anderswo notiert, zeigt er auch Zeilen, die neu geschrieben wurden: {2}.",
  "Keep the database as it is, and compare it with a backup or an export from before.":
    "Lassen Sie die Datenbank, wie sie ist, und vergleichen Sie sie mit einer Sicherung oder einem Export von vorher.",
  "row {0}": "Zeile {0}",
  console: "Konsole",
  producer: "Quelle",
  "chat account": "Chat-Konto",
  "{0} changed": "{0} geändert",
  "value: none": "nichts",
  "Passwords and one-time links": "Passwörter und Einmal-Links",
  "An admin makes a link for somebody on the page {0}. It signs in once, within a day; then they may set a password. On the machine where the hub runs, {1} prints one for an admin.":
    "Ein Admin macht auf der Seite {0} einen Link für jemanden. Er meldet einmal an, binnen eines Tages; danach lässt sich ein Passwort setzen. Auf der Maschine, auf der der Hub läuft, gibt {1} einen für einen Admin aus.",
  "Passwords work only while {0} cannot be reached. Links always work.":
    "Passwörter gelten nur, solange {0} nicht zu erreichen ist. Links gelten immer.",
  "can be reached": "erreichbar",
  "cannot be reached": "nicht erreichbar",
  "Single sign-on": "Single Sign-on",
  "People can sign in with your own OpenID Connect issuer. Register this hub there with the address below, set {0}, {1} and {2}, and start the hub again.":
    "Personen können sich bei Ihrem eigenen OpenID-Connect-Anbieter anmelden. Tragen Sie diesen Hub dort mit der Adresse unten ein, setzen Sie {0}, {1} und {2}, und starten Sie den Hub neu.",
  "People sign in with {0}. Whoever comes the first time is found by a verified e-mail address; from then on, by their account there.":
    "Personen melden sich bei {0} an. Wer zum ersten Mal kommt, wird an einer bestätigten E-Mail-Adresse erkannt, von da an am Konto dort.",
  "Why it cannot be reached stands in the hub's log.":
    "Warum er nicht zu erreichen ist, steht im Log des Hubs.",
  "The way back, as the issuer has to know it:":
    "Der Weg zurück, wie der Anbieter ihn kennen muss:",
  "Somebody whom nobody here knows": "Wer hier noch unbekannt ist,",
  "is not let in": "wird nicht eingelassen",
  "is let in as {0}": "wird als {0} eingelassen",
  "Choose nothing, or one of {0}. Nothing was changed.":
    "Wählen Sie nichts oder eine von {0}. Nichts wurde geändert.",
  "Saved: people whom nobody here knows are not let in.":
    "Gespeichert: Wer hier unbekannt ist, wird nicht eingelassen.",
  "Saved: people whom nobody here knows are let in as {0}.":
    "Gespeichert: Wer hier unbekannt ist, wird als {0} eingelassen.",
  "no e-mail address": "keine E-Mail-Adresse",
  "Back to sign-in": "Zurück zur Anmeldung",
  "{0} cannot be reached": "{0} ist nicht zu erreichen",
  "This hub got no usable answer from {0}, so nobody can sign in with it now.":
    "Dieser Hub bekam von {0} keine brauchbare Antwort, deshalb kann sich dort jetzt niemand anmelden.",
  "While this lasts, passwords work on the sign-in page, after half a minute at the latest. One-time links always work. Whoever runs the hub finds the reason in its log.":
    "Solange das dauert, gelten auf der Anmeldeseite Passwörter, spätestens nach einer halben Minute. Einmal-Links gelten immer. Wer den Hub betreibt, findet den Grund in seinem Log.",
  "This sign-in was not begun here": "Diese Anmeldung begann nicht hier",
  "What {0} sent belongs to no sign-in of this browser: it was begun in another one, was used already, or is too old.":
    "Was {0} gesendet hat, gehört zu keiner Anmeldung dieses Browsers: Sie begann in einem anderen, wurde schon benutzt oder ist zu alt.",
  "Go back to the sign-in page and begin again.":
    "Gehen Sie zurück zur Anmeldeseite und beginnen Sie noch einmal.",
  "{0} did not sign you in": "{0} hat Sie nicht angemeldet",
  "You stopped there, or your account there may not use this hub.":
    "Sie haben dort abgebrochen, oder Ihr Konto dort darf diesen Hub nicht benutzen.",
  "Try again, or ask whoever looks after accounts at {0}.":
    "Versuchen Sie es noch einmal, oder fragen Sie, wer sich bei {0} um Konten kümmert.",
  "The answer of {0} was not accepted": "Die Antwort von {0} wurde nicht angenommen",
  "It did not fit the sign-in that this browser had begun. Nobody was signed in.":
    "Sie passte nicht zu der Anmeldung, die dieser Browser begonnen hatte. Niemand wurde angemeldet.",
  "Begin again on the sign-in page. If it goes on, whoever runs the hub finds the reason in its log.":
    "Beginnen Sie auf der Anmeldeseite noch einmal. Wenn es dabei bleibt, findet, wer den Hub betreibt, den Grund in seinem Log.",
  "You may not sign in": "Sie dürfen sich nicht anmelden",
  "Your account in this hub is suspended.": "Ihr Konto in diesem Hub ist ausgesetzt.",
  "Your e-mail address is not verified": "Ihre E-Mail-Adresse ist nicht bestätigt",
  "{0} says {1}, and does not say that the address is yours. This hub knows people by verified addresses alone.":
    "{0} nennt {1} und sagt nicht, dass die Adresse Ihre ist. Dieser Hub erkennt Personen nur an bestätigten Adressen.",
  "Have the address verified at {0}, or ask an admin of this hub for a sign-in link.":
    "Lassen Sie die Adresse bei {0} bestätigen, oder bitten Sie einen Admin dieses Hubs um einen Anmeldelink.",
  "Two people have your e-mail address": "Zwei Personen haben Ihre E-Mail-Adresse",
  "More than one person of this hub has the address {0}, so it does not say who you are.":
    "Mehr als eine Person dieses Hubs hat die Adresse {0}, deshalb sagt sie nicht, wer Sie sind.",
  "Ask an admin of this hub to put that right on the page People.":
    "Bitten Sie einen Admin dieses Hubs, das auf der Seite Personen zu berichtigen.",
  "This hub does not know you yet": "Dieser Hub kennt Sie noch nicht",
  "{0} says that you are {1}. Nobody here has this address, and new people are not let in by themselves.":
    "{0} sagt, Sie seien {1}. Niemand hier hat diese Adresse, und neue Personen werden nicht von selbst eingelassen.",
  "Ask an admin of this hub to add you on the page People with this address, then sign in again.":
    "Bitten Sie einen Admin dieses Hubs, Sie auf der Seite Personen mit dieser Adresse hinzuzufügen, und melden Sie sich dann noch einmal an.",
} as const;
