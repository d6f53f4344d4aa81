/** The Overview: what waits, what is broken, what happened, first steps. */
export const overview = {
  "The client secret of the Teams bot has run out":
    "Der geheime Clientschlüssel des Teams-Bots ist abgelaufen",
  "The client secret of the Teams bot runs out today":
    "Der geheime Clientschlüssel des Teams-Bots läuft heute ab",
  "The client secret of the Teams bot runs out in one day":
    "Der geheime Clientschlüssel des Teams-Bots läuft in einem Tag ab",
  "The client secret of the Teams bot runs out in {0} days":
    "Der geheime Clientschlüssel des Teams-Bots läuft in {0} Tagen ab",
  "{0} gets nothing": "{0} bekommt nichts",
  "{0} needs attention": "{0} braucht Aufmerksamkeit",
  "See the fix": "So beheben Sie es",
  "Its messages go to its fallback, else to the default channel, else they are kept.":
    "Die Nachrichten gehen an das Ersatzziel, sonst in den Standardkanal, sonst werden sie aufbewahrt.",
  "Its messages go to its fallback, else they are held until it is mended.":
    "Die Nachrichten gehen an das Ersatzziel, sonst werden sie zurückgehalten, bis es behoben ist.",
  "Open delivery": "Zustellung öffnen",
  "It is kept, and can be sent again.": "Sie ist aufbewahrt und lässt sich erneut senden.",
  "They are kept, and can be sent again.": "Sie sind aufbewahrt und lassen sich erneut senden.",
  "One delivery is held, the newest since {0} UTC, and sent when that is mended.":
    "Eine Zustellung wird zurückgehalten, seit {0} UTC, und gesendet, wenn das behoben ist.",
  "{0} deliveries are held, the newest since {1} UTC, and sent when that is mended.":
    "{0} Zustellungen werden zurückgehalten, die neueste seit {1} UTC, und gesendet, wenn das behoben ist.",
  "{0} is not told one decision": "{0} erfährt eine Entscheidung nicht",
  "{0} is not told {1} decisions": "{0} erfährt {1} Entscheidungen nicht",
  "{0} missed one message": "{0} bekam eine Nachricht nicht",
  "{0} missed {1} messages": "{0} bekam {1} Nachrichten nicht",
  "One delivery waits": "Eine Zustellung wartet",
  "{0} deliveries wait": "{0} Zustellungen warten",
  "{0} is tried again": "{0}: neuer Versuch folgt",
  "{0}; attempt {1} goes out now.": "{0}; Versuch {1} geht jetzt hinaus.",
  "{0}; attempt {1} goes out at {2} UTC, {3}.": "{0}; Versuch {1} geht um {2} UTC hinaus, {3}.",
  "Slack or Teams; Countersign posts there as an app.":
    "Slack oder Teams; Countersign schreibt dort als App.",
  "{0} is a destination.": "{0} ist ein Ziel.",
  "Post a message": "Eine Nachricht senden",
  "A hello shows that messages arrive, before anything depends on it.":
    "Ein Hallo zeigt, dass Nachrichten ankommen, bevor etwas davon abhängt.",
  "Posted to {0}.": "Gesendet an {0}.",
  "It says which events go to which channel. A channel's own page adds one.":
    "Sie sagt, welche Ereignisse in welchen Kanal gehen. Die Seite eines Kanals legt eine an.",
  "“{0}”, in version {1} of the rules.": "„{0}“, in Version {1} der Regeln.",
  "Send your own event": "Ein eigenes Ereignis senden",
  "Post one to /v1/events with a producer's key.":
    "Senden Sie eines mit dem Schlüssel einer Quelle an /v1/events.",
  "{0} came in from {1}.": "{0} kam von {1}.",
  "Decide something": "Etwas entscheiden",
  "Approve or reject a request, in chat or here.":
    "Geben Sie eine Anfrage frei oder lehnen Sie sie ab, im Chat oder hier.",
  "Let the hub tell you of trouble": "Sich Störungen melden lassen",
  "Choose an Operations destination, best on the other platform: a lost workspace, a broken destination and a failed callback are told there.":
    "Wählen Sie ein Betriebsziel, am besten auf der anderen Plattform: Dort erfahren Sie von einem verlorenen Workspace, einem gestörten Ziel und einem gescheiterten Rückruf.",
  "{0} is told.": "{0} erfährt davon.",
  "“{0}” brings it to {1}.": "„{0}“ bringt es an {1}.",
  "{0} approved “{1}”.": "{0} gab „{1}“ frei.",
  "{0} rejected “{1}”.": "{0} lehnte „{1}“ ab.",
  "Renew it": "Erneuern",
  "Microsoft gives the bot no token any more. An admin makes a new secret in Azure and saves it here.":
    "Microsoft gibt dem Bot kein Token mehr. Ein Admin legt in Azure ein neues Geheimnis an und speichert es hier.",
  "Its last day is {0}. An admin makes a new secret in Azure and saves it here before that.":
    "Sein letzter Tag ist der {0}. Ein Admin legt vorher in Azure ein neues Geheimnis an und speichert es hier.",
  "Messages for Teams that wait for it are kept.":
    "Nachrichten für Teams, die darauf warten, werden aufbewahrt.",
  "First steps": "Erste Schritte",
  "Done: ": "Erledigt: ",
  "To do: ": "Zu tun: ",
  "Last hour": "Letzte Stunde",
  "Since {0} UTC": "Seit {0} UTC",
  event: "Ereignis",
  events: "Ereignisse",
  "of {0}": "von {0}",
  "delivery arrived": "Zustellung angekommen",
  "deliveries arrived": "Zustellungen angekommen",
  "no decision yet": "noch keine Entscheidung",
  "median time to a decision": "mittlere Zeit bis zur Entscheidung",
  "failed or tried again": "gescheitert oder neu versucht",
  "Events in each minute: {0} in all, {1} deliveries failed or tried again":
    "Ereignisse in jeder Minute: {0} insgesamt, {1} Zustellungen gescheitert oder neu versucht",
  "Nobody is told of the hub's own troubles.": "Niemand erfährt von den Störungen des Hubs selbst.",
  "A workspace that is lost, a destination that breaks or a callback that fails would be seen only here.":
    "Ein verlorener Workspace, ein gestörtes Ziel oder ein gescheiterter Rückruf wäre nur hier zu sehen.",
  "Choose an Operations destination": "Ein Betriebsziel wählen",
  "Latest events": "Neueste Ereignisse",
  "All events": "Alle Ereignisse",
  "None has come in yet. Producers send them to {0}; {1}.":
    "Noch ist keines eingetroffen. Quellen senden sie an {0}; {1}.",
  "see how": "so geht es",
  "Nothing waits for your decision.": "Nichts wartet auf Ihre Entscheidung.",
  "{0} more wait for you": "{0} weitere warten auf Sie",
  "Nothing is broken.": "Nichts ist gestört.",
  "Broken: ": "Gestört: ",
  "Tried again: ": "Neuer Versuch: ",
  "All workspaces": "Alle Workspaces",
  "Block of type {0}: see the request.": "Block vom Typ {0}: siehe den Aufruf.",
  "{0}: see the request.": "{0}: siehe den Aufruf.",
} as const;
