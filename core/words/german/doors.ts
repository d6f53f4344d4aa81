/** How people come in, and what they read where there is nothing for them: signing in, private links, mistakes, about. */
export const doors = {
  "The hub cannot store anything now": "Der Hub kann gerade nichts speichern",
  "The store did not confirm a write, so what this request asked for may or may not have been done.":
    "Der Speicher hat ein Schreiben nicht bestätigt; was Sie wollten, ist vielleicht geschehen, vielleicht nicht.",
  "Send the same request again later; what was done is found, and not done twice. The log has the cause.":
    "Versuchen Sie dasselbe später noch einmal; was geschehen ist, wird gefunden und nicht doppelt getan. Die Ursache steht im Log.",
  "The body is too large": "Der Inhalt ist zu groß",
  "A request may carry {0} bytes.": "Ein Aufruf darf {0} Byte enthalten.",
  "Send a link in place of the content, or fewer events at once.":
    "Senden Sie einen Link statt des Inhalts oder weniger Ereignisse auf einmal.",
  "The request cannot be read": "Der Aufruf ist nicht lesbar",
  "It is malformed.": "Er ist fehlerhaft aufgebaut.",
  "Correct it and send it again.": "Berichtigen Sie ihn und senden Sie ihn noch einmal.",
  "The hub has trouble": "Der Hub hat eine Störung",
  "Something failed that should not. It was logged under this request's id.":
    "Etwas ist gescheitert, das nicht scheitern sollte. Es steht unter der Kennung dieses Aufrufs im Log.",
  "Try again; tell the operator the request id if it stays.":
    "Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie dem Betreiber die Kennung.",
  "This hub does not know that link": "Dieser Hub kennt den Link nicht",
  "It may be cut short, or belong to another hub. Nothing was changed.":
    "Vielleicht ist er abgeschnitten oder gehört zu einem anderen Hub. Nichts wurde geändert.",
  "Press the button in chat again to get a new one.":
    "Drücken Sie den Knopf im Chat noch einmal, dann bekommen Sie einen neuen.",
  "missing: delivery": "keine Zustellung",
  "missing: destination": "kein Ziel",
  "missing: event": "kein Ereignis",
  "missing: event type": "kein Ereignistyp",
  "missing: group": "keine Gruppe",
  "missing: kind of destination": "keine Art von Ziel",
  "missing: page": "keine Seite",
  "missing: person": "keine Person",
  "missing: policy": "keine Richtlinie",
  "missing: producer": "keine Quelle",
  "missing: request": "keine Anfrage",
  "missing: rule": "keine Regel",
  "missing: step": "kein Schritt",
  "missing: version": "keine Version",
  "missing: workspace": "kein Workspace",
  "No such {0}": "Hier ist {0}",
  "This hub has no {0} at {1}.": "Unter {1} ist in diesem Hub {0}.",
  "The address may be cut off, or belong to another hub.":
    "Vielleicht ist die Adresse abgeschnitten oder gehört zu einem anderen Hub.",
  "Events and rules are shown to people with the role admin, router or auditor.":
    "Ereignisse und Regeln sehen Personen mit der Rolle admin, router oder auditor.",
  "You are not signed in any more": "Sie sind nicht mehr angemeldet",
  "Your session has ended. What you sent did not count, and nothing was recorded.":
    "Ihre Sitzung ist zu Ende. Was Sie gesendet haben, zählte nicht, und nichts wurde festgehalten.",
  "Sign in, and send it again: you come back to the same page.":
    "Melden Sie sich an und senden Sie es noch einmal: Sie kommen auf dieselbe Seite zurück.",
  "This page was open for too long": "Diese Seite war zu lange offen",
  "The form belongs to a session that has ended. Nothing was recorded.":
    "Das Formular gehört zu einer Sitzung, die beendet ist. Nichts wurde gespeichert.",
  "Go back, reload the page, and try again.":
    "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
  "Back to the start": "Zurück zum Anfang",
  "Asking for help? Name this request:": "Sie bitten um Hilfe? Nennen Sie diesen Aufruf:",
  "About this app": "Über diese App",
  "Countersign brings requests into Slack and Teams as cards, and notes who approved or rejected them.":
    "Countersign bringt Anfragen als Karten nach Slack und Teams und hält fest, wer sie freigab oder ablehnte.",
  "This one is run by your own organization, at {0}; nobody else runs it.":
    "Dieses hier betreibt Ihre eigene Organisation unter {0}, niemand sonst.",
  Privacy: "Datenschutz",
  "Of who presses a button, or writes to the app alone, it keeps the name, the id of the account, and the sign-in address that the workspace tells.":
    "Von allen, die einen Knopf drücken oder der App allein schreiben, speichert es den Namen, die Kennung des Kontos und die Anmeldeadresse, die der Workspace nennt.",
  "Each vote is kept with its time, its reason and the place where it was given. Decisions stay for good: they are the record of who approved what.":
    "Jede Stimme wird mit Zeit, Begründung und Ort gespeichert. Entscheidungen bleiben für immer: Sie belegen, wer was freigab.",
  "Events, and what was sent for them, go once they are settled and older than the operator has set; that is 30 days where nobody chose.":
    "Ereignisse, und was für sie gesendet wurde, werden gelöscht, wenn sie abgeschlossen und älter sind, als der Betreiber festgelegt hat; das sind 30 Tage, wo niemand gewählt hat.",
  "It reads no messages in channels, and keeps nothing of what people write to it.":
    "Es liest keine Nachrichten in Kanälen und behält nichts von dem, was ihm geschrieben wird.",
  "All of this lies in this hub's own database, its secrets sealed. The hub calls Slack, Microsoft and the addresses that its admins entered, and nobody else.":
    "All das liegt in der eigenen Datenbank dieses Hubs, die Geheimnisse versiegelt. Der Hub ruft Slack, Microsoft und die Adressen auf, die seine Admins eingetragen haben, sonst niemanden.",
  "Terms of use": "Nutzungsbedingungen",
  "The software is free under the MIT licence and comes without warranty. Who may decide what, and by which rules, your organization says.":
    "Die Software ist frei unter der MIT-Lizenz und kommt ohne Gewähr. Wer was nach welchen Regeln entscheidet, bestimmt Ihre Organisation.",
  "Questions, or something to be removed? Ask an admin of this hub; they {0}.":
    "Sie haben Fragen, oder etwas soll gelöscht werden? Wenden Sie sich an einen Admin dieses Hubs; Admins {0}.",
  "sign in here": "melden sich hier an",
  "Link a {0} account": "Ein {0}-Konto verknüpfen",
  "Sign in first": "Melden Sie sich zuerst an",
  "Is this your {0} account?": "Ist das Ihr {0}-Konto?",
  "The account is linked": "Das Konto ist verknüpft",
  "The account is yours already": "Das Konto gehört schon Ihnen",
  "The account belongs to somebody else": "Das Konto gehört jemand anderem",
  "An admin has to agree": "Ein Admin muss zustimmen",
  "This link was used": "Dieser Link wurde schon benutzt",
  "This link is too old": "Dieser Link ist zu alt",
  "In {0}": "In {0}",
  ", workspace {0}": ", Workspace {0}",
  Here: "Hier",
  "Countersign has to know who you are before it can link this {0} account. Sign in within 10 minutes, in this browser; you come back here.":
    "Countersign muss wissen, wer Sie sind, bevor es dieses {0}-Konto verknüpfen kann. Melden Sie sich binnen 10 Minuten in diesem Browser an; Sie kommen hierher zurück.",
  "Go back to {0} and press the button again: it counts now.":
    "Gehen Sie zurück zu {0} und drücken Sie den Knopf noch einmal: Jetzt zählt es.",
  "Nothing to do. Go back to {0} and press the button again.":
    "Nichts zu tun. Gehen Sie zurück zu {0} und drücken Sie den Knopf noch einmal.",
  "Nothing was changed. If the account is yours, ask an admin of this hub.":
    "Nichts wurde geändert. Ist es Ihr Konto, wenden Sie sich an einen Admin dieses Hubs.",
  "Nothing is linked until an admin of this hub agrees; they find it under People.":
    "Verknüpft wird erst, wenn ein Admin dieses Hubs zustimmt; das steht unter Personen.",
  "Then press the button in {0} again. The request stays open until its deadline.":
    "Drücken Sie dann den Knopf in {0} noch einmal. Die Anfrage bleibt bis zu ihrer Frist offen.",
  "Each link works once.": "Jeder Link gilt einmal.",
  "Links live for 10 minutes. Nothing was changed.":
    "Links gelten 10 Minuten. Nichts wurde geändert.",
  "Press the button in {0} again to get a new one.":
    "Drücken Sie den Knopf in {0} noch einmal, dann bekommen Sie einen neuen.",
  "You have another account in that workspace.": "Sie haben in diesem Workspace ein anderes Konto.",
  "The account has another e-mail address than you have here.":
    "Das Konto hat eine andere E-Mail-Adresse, als Sie hier haben.",
  "No e-mail address shows that both are the same person.":
    "Keine E-Mail-Adresse zeigt, dass beide dieselbe Person sind.",
  "Link it only if you yourself pressed the button in {0} a moment ago. Whoever owns that account then decides in your name.":
    "Verknüpfen Sie es nur, wenn Sie selbst gerade den Knopf in {0} gedrückt haben. Wem das Konto gehört, der entscheidet dann in Ihrem Namen.",
  "Yes, this account is mine: link it": "Ja, das ist mein Konto: verknüpfen",
  "You are signed in as {0}.": "Sie sind angemeldet als {0}.",
  "Somebody sent you this link? Close the page. Unused, it dies within 10 minutes.":
    "Jemand hat Ihnen diesen Link geschickt? Schließen Sie die Seite. Unbenutzt verfällt er binnen 10 Minuten.",
  "Name or e-mail address to sign in with": "Name oder E-Mail-Adresse zum Anmelden",
  "Present password": "Jetziges Passwort",
  "New password": "Neues Passwort",
  "At least {0} characters. A few words are easy to remember and hard to guess.":
    "Mindestens {0} Zeichen. Ein paar Wörter sind leicht zu merken und schwer zu erraten.",
  "The same again": "Noch einmal dasselbe",
  "This is shown once. The hub keeps no copy that anybody can read.":
    "Das wird einmal gezeigt. Der Hub behält keine Kopie, die jemand lesen kann.",
  "Copy it": "Kopieren",
  "This link was used already. Each link signs in once; make a new one.":
    "Dieser Link wurde schon benutzt. Jeder Link meldet einmal an; lassen Sie sich einen neuen geben.",
  "This link is too old: links live for 30 minutes, invitations for a day. Ask for a new one.":
    "Dieser Link ist zu alt: Links gelten 30 Minuten, Einladungen einen Tag. Bitten Sie um einen neuen.",
  "This hub does not know that link. It may be cut short, or belong to another hub.":
    "Dieser Hub kennt den Link nicht. Vielleicht ist er abgeschnitten oder gehört zu einem anderen Hub.",
  "This name and this password do not belong together. Ten wrong tries lock a name for 15 minutes.":
    "Name und Passwort gehören nicht zusammen. Zehn falsche Versuche sperren einen Namen für 15 Minuten.",
  "Passwords work only while single sign-on cannot be reached. It can be reached now: use the button below.":
    "Passwörter gelten nur, solange die zentrale Anmeldung nicht erreichbar ist. Jetzt ist sie es: Nehmen Sie den Knopf unten.",
  "There were too many wrong tries with this name, or from this address. Try again in {0} min, or use a one-time link.":
    "Es gab zu viele falsche Versuche mit diesem Namen oder von dieser Adresse. Versuchen Sie es in {0} min wieder, oder nehmen Sie einen Einmal-Link.",
  "You are signed out.": "Sie sind abgemeldet.",
  "You are signed out everywhere.": "Sie sind überall abgemeldet.",
  "{0} cannot be reached at the moment. Until it can, passwords work here.":
    "{0} ist gerade nicht erreichbar. Bis dahin gelten hier Passwörter.",
  "Sign in with {0}": "Anmelden mit {0}",
  "Try {0} again": "{0} noch einmal versuchen",
  "Passwords work only while {0} cannot be reached.":
    "Passwörter gelten nur, solange {0} nicht erreichbar ist.",
  "Name or e-mail address": "Name oder E-Mail-Adresse",
  "Sign in with a password": "Mit einem Passwort anmelden",
  "You cannot get in?": "Sie kommen nicht hinein?",
  "No password yet, or forgotten?": "Noch kein Passwort, oder vergessen?",
  "Ask an admin of this hub for a sign-in link: they make one on the page People.":
    "Bitten Sie einen Admin dieses Hubs um einen Anmelde-Link: Er entsteht auf der Seite Personen.",
  "It works once.": "Er gilt einmal.",
  "It works once; then set a password, or go on with links.":
    "Er gilt einmal; setzen Sie dann ein Passwort, oder bleiben Sie bei Links.",
  "Whoever runs the hub makes one for an admin, in the folder where it runs:":
    "Wer den Hub betreibt, macht einen für einen Admin, in dem Ordner, in dem der Hub läuft:",
  "Links live for 30 minutes, invitations for a day.":
    "Links gelten 30 Minuten, Einladungen einen Tag.",
  "This sandbox prints one at each start, too.": "Diese Sandbox zeigt auch bei jedem Start einen.",
  "page: Start": "Start",
  "Sign in to this hub": "An diesem Hub anmelden",
  "This link signs you in once, in this browser. Opening the page has not used it up; the button does.":
    "Dieser Link meldet Sie einmal an, in diesem Browser. Das Öffnen der Seite verbraucht ihn nicht; der Knopf tut es.",
  "You did not ask for this link? Close the page. Unused, it dies by itself.":
    "Sie haben nicht um diesen Link gebeten? Schließen Sie die Seite. Unbenutzt verfällt er von selbst.",
  Welcome: "Willkommen",
  "Welcome, {0}": "Willkommen, {0}",
  "You are signed in. Set a password for the next time, or go on with links.":
    "Sie sind angemeldet. Setzen Sie ein Passwort für das nächste Mal, oder bleiben Sie bei Links.",
  "Set the password": "Passwort setzen",
  "Go on with links": "Bei Links bleiben",
  "You can set or change it later on the page of your account.":
    "Sie können es später auf der Seite Ihres Kontos setzen oder ändern.",
} as const;
