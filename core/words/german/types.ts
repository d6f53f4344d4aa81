/** The catalogue of event types. */
export const types = {
  "Add event type": "Ereignistyp hinzufügen",
  "Change {0}": "{0} ändern",
  "The type as JSON": "Der Typ als JSON",
  "{0} is JSON Schema 2020-12 of {1}; texts are LiquidJS over {2}, {3} and {4}. {5} is opens, may, closes, outcome, reply, marks or no. The sample has to fit the schema.":
    "{0} ist JSON Schema 2020-12 von {1}; Texte sind LiquidJS über {2}, {3} und {4}. {5} ist opens, may, closes, outcome, reply, marks oder no. Das Beispiel muss zum Schema passen.",
  "as every hub has it": "wie in jedem Hub",
  "changed here": "hier geändert",
  "added here": "hier hinzugefügt",
  "It holds for the next event.": "Es gilt ab dem nächsten Ereignis.",
  "This type is off: its events are taken and kept, and nothing follows from them.":
    "Dieser Typ ist aus: Seine Ereignisse werden angenommen und aufbewahrt, und es folgt nichts daraus.",
  "Level {0}; {1}; version {2}, {3}.": "Stufe {0}; {1}; Version {2}, {3}.",
  "What its sample would post": "Was sein Beispiel senden würde",
  "No chat is set up here, so nothing can be drawn.":
    "Hier ist kein Chat eingerichtet, deshalb lässt sich nichts zeichnen.",
  Sample: "Beispiel",
  "Schema of data": "Schema von data",
  Schema: "Schema",
  "There is none: any data fits.": "Es gibt keines: Alles in data passt.",
  Texts: "Texte",
  "Switch on": "Einschalten",
  "Switch off": "Ausschalten",
  "Back to the shipped one": "Zurück zum mitgelieferten",
  Change: "Ändern",
  "A type says what its events may hold, how they are shown, and what they do to a request. Events of other types are taken as they come, and called unknown.":
    "Ein Typ sagt, was seine Ereignisse enthalten dürfen, wie sie gezeigt werden und was sie mit einer Freigabe tun. Ereignisse anderer Typen werden angenommen, wie sie kommen, und heißen unbekannt.",
  "Name, or what it says": "Name oder was er sagt",
  "No event type says that.": "Kein Ereignistyp sagt das.",
  "Search for a part of its name, or of what it says.":
    "Suchen Sie nach einem Teil seines Namens oder seiner Beschreibung.",
  "opens a request": "eröffnet eine Freigabe",
  "opens a request where a rule names a policy":
    "eröffnet eine Freigabe, wo eine Regel eine Richtlinie nennt",
  "closes the request of its subject": "schließt die Freigabe seines Betreffs",
  "reports {0} on the request of its subject": "meldet {0} zur Freigabe seines Betreffs",
  "replies in the thread of its subject": "antwortet im Verlauf seines Betreffs",
  "stands on the open card of its subject": "steht auf der offenen Karte seines Betreffs",
  information: "Information",
  off: "aus",
  'a type keeps its name, "{0}"': "ein Typ behält seinen Namen, „{0}“",
  "there is a type of this name; change that one":
    "es gibt schon einen Typ dieses Namens; ändern Sie diesen",
  "somebody saved this type meanwhile; open it again to see it":
    "jemand hat diesen Typ inzwischen gespeichert; öffnen Sie ihn noch einmal, um es zu sehen",
  "the pin {0}": "der festen Richtlinie {0}",
  "the rule {0}": "der Regel {0}",
  "The event type stays": "Der Ereignistyp bleibt",
  "It has changed meanwhile.": "Er hat sich inzwischen geändert.",
  "It is named by {0}.": "Er wird genannt von {0}.",
  "Look at it again.": "Sehen Sie ihn noch einmal an.",
  "Take it out there first.": "Nehmen Sie ihn dort zuerst heraus.",
  "Back to the type": "Zurück zum Typ",
} as const;
