/** What the parts behind the pages say of places: health, tests, fields, rights. */
export const placesCore = {
  "It is stored encrypted and shown as its host and last four characters.":
    "Sie wird verschlüsselt gespeichert und mit Host und letzten vier Zeichen gezeigt.",
  "Webhook URL": "Webhook-URL",
  "It begins with https://hooks.slack.com/ and belongs to one channel, which it never leaves.":
    "Sie beginnt mit https://hooks.slack.com/ und gehört zu einem Kanal, den sie nie verlässt.",
  "Workflows URL": "Workflows-URL",
  "From the channel's Workflows menu, “Post to a channel when a webhook request is received”. It belongs to one channel or chat.":
    "Aus dem Menü Workflows des Kanals, „In einem Kanal posten, wenn eine Webhookanforderung empfangen wird“. Sie gehört zu einem Kanal oder Chat.",
  Address: "Adresse",
  "Where each event is sent: https, on port 443. It is stored encrypted and shown as its host and last four characters.":
    "Wohin jedes Ereignis gesendet wird: https, Port 443. Sie wird verschlüsselt gespeichert und mit Host und letzten vier Zeichen gezeigt.",
  Method: "Methode",
  "What the receiver expects; most expect POST.":
    "Was der Empfänger erwartet; die meisten erwarten POST.",
  Headers: "Header",
  "One a line, as Name: value. Values may hold placeholders, such as {{ event.subject }}.":
    "Einer je Zeile, als Name: Wert. Werte dürfen Platzhalter enthalten, etwa {{ event.subject }}.",
  "Secret headers": "Geheime Header",
  "Credentials, one a line, such as Authorization: Bearer …. Stored encrypted, never shown again; left empty they stay.":
    "Zugangsdaten, eine je Zeile, etwa Authorization: Bearer …. Verschlüsselt gespeichert, nie wieder gezeigt; leer gelassen bleiben sie.",
  Body: "Inhalt",
  "JSON with LiquidJS placeholders. Left empty, the event goes out whole as CloudEvents JSON.":
    "JSON mit LiquidJS-Platzhaltern. Leer gelassen geht das ganze Ereignis als CloudEvents-JSON hinaus.",
  "Time limit in seconds": "Zeitgrenze in Sekunden",
  "How long the receiver may take to answer: 1 to 30.":
    "Wie lange der Empfänger für die Antwort brauchen darf: 1 bis 30.",
  "“{0}” is no event type: a whole type such as deploy.requested, or a beginning with a star.":
    "„{0}“ ist kein Ereignistyp: ein ganzer Typ wie deploy.requested oder ein Anfang mit Stern.",
  "The fallback is another destination of this hub.":
    "Das Ersatzziel ist ein anderes Ziel dieses Hubs.",
  "In test, everything goes to a test target. Name one, then switch to test.":
    "Im Test geht alles an ein Testziel. Nennen Sie eines, und schalten Sie dann auf Test.",
  "The test target is another destination of this hub.":
    "Das Testziel ist ein anderes Ziel dieses Hubs.",
  "{0} is not active itself, so nothing would arrive there. Pick another one.":
    "{0} ist selbst nicht aktiv, also käme dort nichts an. Wählen Sie ein anderes.",
  "{0} may have {1} characters; it has {2}.": "{0} darf {1} Zeichen haben, hat aber {2}.",
  "{0} is one of {1}.": "{0} ist eines von {1}.",
  "{0} is a whole number from 1 to 30.": "{0} ist eine ganze Zahl von 1 bis 30.",
  "store the hello": "den Gruß speichern",
  "queue the delivery": "die Zustellung einreihen",
  "not queued yet": "noch nicht eingereiht",
  "post to {0}": "an {0} senden",
  "no try yet": "noch kein Versuch",
  "the address": "die Adresse",
  "the values are complete": "die Werte sind vollständig",
  "every field says what it should": "jedes Feld sagt, was es soll",
  "the message is ready": "die Nachricht ist fertig",
  "its body is JSON": "ihr Inhalt ist JSON",
  "drawn as a card": "als Karte gezeichnet",
  "the address may be called": "die Adresse darf gerufen werden",
  "{0} answers": "{0} antwortet",
  "{0} takes the message": "{0} nimmt die Nachricht an",
  "The receiver": "Der Empfänger",
  "no reason was given": "es wurde kein Grund genannt",
  "no answer yet": "noch keine Antwort",
  "It is not connected yet. Finish the steps to connect it.":
    "Noch nicht verbunden. Schließen Sie die Schritte ab, um zu verbinden.",
  "An admin disconnected it here. Connect it again to go on: rules, channels and waiting messages are kept.":
    "Ein Admin hat die Verbindung hier getrennt. Verbinden Sie neu, um weiterzumachen: Regeln, Kanäle und wartende Nachrichten bleiben.",
  "{0} has no settings, so nothing is sent or heard there.":
    "{0} ist nicht eingerichtet, also wird dort nichts gesendet und gehört.",
  "Nothing has arrived there yet. Post a hello message to a channel.":
    "Dort ist noch nichts angekommen. Senden Sie einen Gruß in einen Kanal.",
  "Rights are missing: {0}. An admin presses Reauthorise and accepts them.":
    "Es fehlen Rechte: {0}. Ein Admin drückt „Neu berechtigen“ und stimmt ihnen zu.",
  "Post messages, and edit them when a request is decided":
    "Nachrichten senden und ändern, wenn eine Freigabeanfrage entschieden ist",
  "List public channels, and notice when one is renamed, archived or deleted":
    "Öffentliche Kanäle auflisten und merken, wenn einer umbenannt, archiviert oder gelöscht wird",
  "The same for private channels that the app is in":
    "Dasselbe für private Kanäle, in denen die App ist",
  "Join a public channel by itself, without an invitation":
    "Einem öffentlichen Kanal von selbst beitreten, ohne Einladung",
  "Tell members from guests and people of other companies, who may not decide":
    "Mitglieder von Gästen und Menschen anderer Firmen unterscheiden, die nicht entscheiden dürfen",
  "Match people by their e-mail address, where an admin switches that on":
    "Personen an ihrer E-Mail-Adresse erkennen, wo ein Admin das einschaltet",
} as const;
