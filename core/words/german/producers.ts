/** Producers and API keys. */
export const producers = {
  Key: "Schlüssel",
  Of: "Von",
  May: "Darf",
  "Last used": "Zuletzt benutzt",
  Revoke: "Widerrufen",
  "not yet": "noch nicht",
  "by {0}, {1}": "von {0}, {1}",
  "ends {0}": "endet {0}",
  "Revoke…": "Widerrufen …",
  "Whatever uses it is refused within a second, for good.":
    "Was ihn benutzt, wird binnen einer Sekunde und für immer abgewiesen.",
  "Revoke {0}": "{0} widerrufen",
  "post events": "Ereignisse senden",
  read: "lesen",
  "vote as this person (people's keys only)":
    "als diese Person abstimmen (nur Schlüssel von Personen)",
  "administer (keys of admins only)": "verwalten (nur Schlüssel von Admins)",
  "Where it is used, such as “build server”.": "Wo er benutzt wird, etwa „Build-Server“.",
  "Belongs to": "Gehört zu",
  "It may": "Er darf",
  "Ends after": "Endet nach",
  "Make the key": "Schlüssel erzeugen",
  "a day": "einem Tag",
  "30 days": "30 Tagen",
  "90 days": "90 Tagen",
  "a year": "einem Jahr",
  "As it stands on cards: “from ci”.": "Wie er auf Karten steht: „aus ci“.",
  "Callback address": "Adresse für Rückrufe",
  "on {0}, kept": "auf {0}, aufbewahrt",
  "Where decisions are told, signed. Leave it empty for none.":
    "Wohin Entscheidungen gemeldet werden, signiert. Leer lassen heißt: nirgendwohin.",
  "It may hold a secret, so it is not shown. Leave it empty to keep it.":
    "Sie kann ein Geheimnis enthalten, deshalb wird sie nicht gezeigt. Leer lassen heißt: Sie bleibt.",
  "Call it back nowhere any more": "Nirgendwohin mehr zurückrufen",
  "Callback hosts": "Hosts für Rückrufe",
  "An event may name another address for its own callback, on these hosts. One a line.":
    "Ein Ereignis darf für seinen eigenen Rückruf eine andere Adresse auf diesen Hosts nennen. Einer je Zeile.",
  "Address of its records": "Adresse ihrer Vorgänge",
  "Open on a card leads behind it: to https://cmdb.example/tickets/7 for the link /tickets/7. Without it, cards lead to this hub.":
    "„Öffnen“ auf einer Karte führt darunter: beim Link /tickets/7 zu https://cmdb.example/tickets/7. Ohne sie führen Karten zu diesem Hub.",
  "Its events may name the policy of their approval":
    "Ihre Ereignisse dürfen die Richtlinie ihrer Freigabe nennen",
  "Saved. It holds for the next event.": "Gespeichert. Es gilt ab dem nächsten Ereignis.",
  "Somebody changed this producer meanwhile, so nothing was saved. Your text stands below; the rest is as it is now.":
    "Jemand hat diese Quelle inzwischen geändert, deshalb wurde nichts gespeichert. Ihr Text steht unten; der Rest ist, wie er jetzt ist.",
  "It is still needed by {0}. Revoke its keys, take its pins away and let its requests close, then remove it.":
    "Sie wird noch gebraucht: {0}. Widerrufen Sie ihre Schlüssel, lösen Sie ihre festen Richtlinien und lassen Sie ihre Freigaben abschließen, dann entfernen Sie sie.",
  "Its keys": "Ihre Schlüssel",
  "It has none, so it cannot post.": "Sie hat keinen, kann also nichts senden.",
  "Make a key": "Schlüssel erzeugen",
  "What it is": "Was sie ist",
  "key {0}": "Schlüssel {0}",
  "pinned policy {0}": "feste Richtlinie {0}",
  "For its developer": "Für Entwicklung",
  "Post an event with its key": "Ein Ereignis mit ihrem Schlüssel senden",
  "How to post an event": "Wie man ein Ereignis sendet",
  "Verify what it is told": "Prüfen, was ihr gemeldet wird",
  "How to verify a callback": "Wie man einen Rückruf prüft",
  "A whole receiver is in {0}. Callbacks are Standard Webhooks messages, so libraries for other languages verify them too.":
    "Ein ganzer Empfänger steht in {0}. Rückrufe sind Nachrichten nach Standard Webhooks, also prüfen sie auch Bibliotheken für andere Sprachen.",
  "Callback secret": "Geheimnis für Rückrufe",
  "Two secrets sign until {0} UTC. Put the new one into the receiver before that.":
    "Bis {0} UTC signieren zwei Geheimnisse. Hinterlegen Sie das neue vorher beim Empfänger.",
  "It was shown when it was made, and is shown to nobody again. A new one may follow it while the receiver still checks the old one.":
    "Es wurde gezeigt, als es erzeugt wurde, und wird niemandem noch einmal gezeigt. Ein neues kann folgen, während der Empfänger noch das alte prüft.",
  "The old secret signs too": "Das alte Geheimnis signiert mit",
  "for a day": "einen Tag lang",
  "for a week": "eine Woche lang",
  "for an hour": "eine Stunde lang",
  "no longer: it is known to somebody": "nicht mehr: Jemand kennt es",
  "Make a new secret": "Neues Geheimnis erzeugen",
  "Remove this producer…": "Diese Quelle entfernen …",
  "Its events and requests stay. Its name is free again.":
    "Ihre Ereignisse und Freigaben bleiben. Ihr Name ist wieder frei.",
  "No system posts events yet.": "Noch sendet kein System Ereignisse.",
  "Add a producer": "Eine Quelle hinzufügen",
  "A producer is a system of yours, such as a CI server, with a key of its own.":
    "Eine Quelle ist eines Ihrer Systeme, etwa ein CI-Server, mit einem eigenen Schlüssel.",
  "Add the producer": "Quelle hinzufügen",
  "There is no key yet.": "Es gibt noch keinen Schlüssel.",
  "Called back at": "Rückrufe an",
  Keys: "Schlüssel",
  "nowhere, unless an event says where": "nirgendwohin, wenn kein Ereignis sagt, wohin",
  "may name one": "darf eine nennen",
  "as admins set": "wie von Admins gesetzt",
  "See how it posts": "Ansehen, wie sie sendet",
  "The key of {0}": "Der Schlüssel von {0}",
  "It posts events with it, in the Authorization header.":
    "Damit sendet sie Ereignisse, im Authorization-Header.",
  "The callback secret of {0}": "Das Geheimnis für Rückrufe von {0}",
  "Its receiver verifies with it what it is told.":
    "Damit prüft ihr Empfänger, was ihm gemeldet wird.",
  "The new callback secret of {0}": "Das neue Geheimnis für Rückrufe von {0}",
  "Meanwhile the old one signs too.": "So lange signiert das alte mit.",
  "The old one signs no longer.": "Das alte signiert nicht mehr.",
  "Back to the producer": "Zurück zur Quelle",
  "Choose a producer, or a person who is not suspended.":
    "Wählen Sie eine Quelle oder eine Person, die nicht ausgesetzt ist.",
  "A producer's key may post events and read, no more.":
    "Der Schlüssel einer Quelle darf Ereignisse senden und lesen, mehr nicht.",
  "This person is no admin, so neither is a key of theirs.":
    "Diese Person ist kein Admin, also ist es auch keiner ihrer Schlüssel.",
  "Choose a time that lies ahead.": "Wählen Sie einen Zeitpunkt, der noch kommt.",
  "Give it a name of at most 100 characters.":
    "Geben Sie ihm einen Namen mit höchstens 100 Zeichen.",
  "Choose at least one thing that it may do.": "Wählen Sie mindestens eines, was er darf.",
  "The key {0}": "Der Schlüssel {0}",
  "It goes into the Authorization header, behind the word Bearer.":
    "Er gehört in den Authorization-Header, hinter das Wort Bearer.",
  "Back to the keys": "Zurück zu den Schlüsseln",
  "No such key": "Kein solcher Schlüssel",
  "This hub has no key of this id, so nothing was revoked.":
    "Dieser Hub hat keinen Schlüssel mit dieser Kennung, deshalb wurde nichts widerrufen.",
  "See the list of keys.": "Sehen Sie die Liste der Schlüssel an.",
} as const;
