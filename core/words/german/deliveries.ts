/** What has left the hub, or will: the list of deliveries, one delivery, sending again. */
export const deliveries = {
  "Deliveries are sent again by people with the role admin or router.":
    "Zustellungen senden Personen mit der Rolle admin oder router erneut.",
  "Send these again…": "Diese erneut senden …",
  "dlv_, evt_ or apr_ id, or a channel": "Kennung (dlv_, evt_, apr_), Kanal",
  "Any state": "Jeder Stand",
  What: "Was",
  Attempts: "Versuche",
  "delivery: Place": "Ort",
  "delivery: Post": "Nachricht",
  "delivery: Edit": "Änderung",
  "delivery: Note": "Vermerk",
  "No delivery fits the filter.": "Keine Zustellung passt zum Filter.",
  "Show all deliveries": "Alle Zustellungen zeigen",
  "Nothing has left this hub yet.": "Noch hat nichts diesen Hub verlassen.",
  "See which rules send events where": "Welche Regeln Ereignisse wohin senden",
  "Every message, edit and callback stands here, with what was sent and what came back.":
    "Jede Nachricht, Änderung und jeder Rückruf steht hier, mit dem, was gesendet wurde und was zurückkam.",
  "state {0}": "Stand {0}",
  "place {0}": "Ort {0}",
  "event type {0}": "Ereignistyp {0}",
  "event {0}": "Ereignis {0}",
  "time since {0} ago": "Zeit: seit {0}",
  "Every delivery.": "Jede Zustellung.",
  "What {0} answered": "Was {0} antwortete",
  "no status": "kein Status",
  "in {0} ms": "in {0} ms",
  "In plain words": "In einfachen Worten",
  "No try was made yet, so nobody has answered.":
    "Es gab noch keinen Versuch, also auch keine Antwort.",
  "{0} took it.": "{0} hat es angenommen.",
  "{0} took it, and said which message it became.":
    "{0} hat es angenommen und gesagt, welche Nachricht daraus wurde.",
  "{0} earlier attempts": "{0} frühere Versuche",
  "The message": "Die Nachricht",
  "The message, as {0} shows it": "Die Nachricht, wie {0} sie zeigt",
  "Not posted.": "Nicht gesendet.",
  "This is a drawing of attempt {0}: its buttons do nothing here.":
    "Das ist ein Bild von Versuch {0}: Die Knöpfe tun hier nichts.",
  "It is made when it leaves, from what is stored then, so that it never shows an old state. Nothing has left yet.":
    "Sie entsteht erst beim Senden aus dem, was dann gespeichert ist; so zeigt sie nie einen alten Stand. Noch wurde nichts gesendet.",
  "A signed message for a program: it looks as it stands in the request.":
    "Eine signierte Nachricht für ein Programm: Sie sieht aus, wie sie im Aufruf steht.",
  "What this try sent was lost with the process that made it.":
    "Was dieser Versuch sendete, ging mit dem Prozess verloren, der ihn machte.",
  "It was longer than what is kept of a request, so it cannot be drawn. Its beginning stands in the request.":
    "Sie war länger, als von einem Aufruf aufbewahrt wird, und lässt sich nicht zeichnen. Ihr Anfang steht im Aufruf.",
  "What happens next": "Wie es weitergeht",
  "The platform asked for this pause, so nothing can be sent before.":
    "Die Plattform hat um diese Pause gebeten, vorher lässt sich nichts senden.",
  "If that fails too, the pauses grow from a second to 15 minutes, up to 24 hours; then it is given up and listed as failed.":
    "Scheitert auch das, wachsen die Pausen von einer Sekunde auf 15 Minuten, bis zu 24 Stunden lang; dann wird aufgegeben, und die Zustellung steht als gescheitert in der Liste.",
  "If no answer comes, it counts as unknown and is tried again.":
    "Kommt keine Antwort, bleibt der Ausgang unbekannt, und es folgt ein neuer Versuch.",
  "Nothing is lost: it keeps its place, and nobody has to send it again.":
    "Nichts geht verloren: Sie behält ihren Platz, und niemand muss sie erneut senden.",
  "Sending it again would make a second message, so that is not offered.":
    "Erneutes Senden ergäbe eine zweite Nachricht, deshalb wird es nicht angeboten.",
  "It was left out with good reason; nothing is missing.":
    "Sie wurde mit gutem Grund ausgelassen; es fehlt nichts.",
  "It is kept, and can be sent again once the cause is mended. It stays the same message, so nothing arrives twice.":
    "Sie wird aufbewahrt und lässt sich erneut senden, sobald die Ursache behoben ist. Sie bleibt dieselbe Nachricht, deshalb kommt nichts doppelt an.",
  "Send now": "Jetzt senden",
  "It stands in its lane again, and its schedule starts anew.":
    "Sie steht wieder in ihrer Reihe, und ihr Zeitplan beginnt von vorn.",
  "It goes out as soon as its lane is free.": "Sie geht hinaus, sobald ihre Reihe frei ist.",
  "Nothing was changed: meanwhile it stands where it stands now.":
    "Nichts wurde geändert: Inzwischen steht sie so, wie Sie es hier sehen.",
  "{0} to {1}": "{0} an {1}",
  "Open event": "Ereignis öffnen",
  "Open approval": "Freigabe öffnen",
  "edited in {0}": "geändert in {0}",
  "noted in {0}": "vermerkt in {0}",
  "told to {0}": "gemeldet an {0}",
  "An event that is no longer kept": "Ein Ereignis, das nicht mehr aufbewahrt wird",
  "What we sent": "Was wir sendeten",
  "Kept as it left, at most 16 KB, with every secret hidden; its token is not kept at all.":
    "Aufbewahrt, wie es hinausging, höchstens 16 KB, jedes Geheimnis verdeckt; das Token wird gar nicht aufbewahrt.",
  "Nothing was sent yet.": "Noch wurde nichts gesendet.",
  "to Slack's Web API, with the workspace's token":
    "an die Web API von Slack, mit dem Token des Workspaces",
  "to Teams' Bot Connector, with the bot's token":
    "an den Bot Connector von Teams, mit dem Token des Bots",
  "Open in Routing": "In Routing öffnen",
  "The rule that sent it": "Die Regel, die sie sandte",
  "Why the copy is edited": "Warum die Kopie geändert wird",
  "Why the thread is told": "Warum der Thread davon erfährt",
  "Why the producer is called": "Warum die Quelle gerufen wird",
  "The request has closed, so the producer that asked is told, signed with its secret.":
    "Die Anfrage ist geschlossen; die Quelle, die gefragt hat, erfährt es, signiert mit ihrem Geheimnis.",
  "The request has changed, so every copy that was posted shows it. The copy is there by these rules:":
    "Die Anfrage hat sich geändert, und jede gesendete Kopie zeigt es. Die Kopie steht dort durch diese Regeln:",
  "Something happened to the request, so the thread of each posted copy is told. The copy is there by these rules:":
    "Mit der Anfrage ist etwas geschehen, und der Thread jeder gesendeten Kopie erfährt es. Die Kopie steht dort durch diese Regeln:",
  "It was meant for {0}, which took nothing: {1}.":
    "Sie war für {0} bestimmt und wurde dort nicht angenommen: {1}.",
  "The event is no longer kept, and its rules with it.":
    "Das Ereignis wird nicht mehr aufbewahrt, und seine Regeln mit ihm.",
  "No rule took the event, so it goes to the fallback destination.":
    "Keine Regel nahm das Ereignis, deshalb geht es an das Ersatzziel.",
  "{0}, version {1}": "{0}, Version {1}",
  "Beside it": "Daneben",
  "{0} more": "{0} weitere",
  Message: "Nachricht",
  "made when it leaves": "entsteht beim Senden",
  "delivery: Request": "Aufruf",
  "not sent yet": "noch nicht gesendet",
  "the request closed": "die Anfrage wurde geschlossen",
  "the request changed": "die Anfrage änderte sich",
  "none, so the fallback": "keine, also das Ersatzziel",
  Answer: "Antwort",
  "answer: none yet": "noch keine",
  taken: "angenommen",
  "step: Next": "Weiter",
  "attempt {0} now": "Versuch {0} jetzt",
  "attempt {0} at {1}": "Versuch {0} um {1}",
  "its answer": "die Antwort",
  "waits for people": "wartet auf Menschen",
  "not needed": "nicht nötig",
  "given up": "aufgegeben",
  "Post to {0}": "Nachricht an {0}",
  "Edit in {0}": "Änderung in {0}",
  "Note in {0}": "Vermerk in {0}",
  "Callback to {0}": "Rückruf an {0}",
  "On its way since {0} UTC; its answer is not in yet.":
    "Unterwegs seit {0} UTC; die Antwort ist noch nicht da.",
  "It goes out when the workspace is connected again.":
    "Sie geht hinaus, wenn der Workspace wieder verbunden ist.",
  "It goes out when the app is in the channel.": "Sie geht hinaus, wenn die App im Kanal ist.",
  "It is edited when the request closes.": "Sie wird geändert, wenn die Anfrage sich schließt.",
  "Nothing more; it is done.": "Nichts mehr; sie ist fertig.",
  "Nothing more; it is not needed.": "Nichts mehr; sie wird nicht gebraucht.",
  "No further try.": "Kein weiterer Versuch.",
  "Attempt {0} goes out now.": "Versuch {0} geht jetzt hinaus.",
  "Attempt {0} goes out at {1} UTC, {2}.": "Versuch {0} geht um {1} UTC hinaus, {2}.",
  "Send again": "Erneut senden",
  "Send failed deliveries again": "Gescheiterte Zustellungen erneut senden",
  "Failed deliveries": "Gescheiterte Zustellungen",
  "One delivery stands in their lanes again.": "Eine Zustellung steht wieder in ihrer Reihe.",
  "{0} deliveries stand in their lanes again.": "{0} Zustellungen stehen wieder in ihren Reihen.",
  "No failed delivery fits.": "Keine gescheiterte Zustellung passt.",
  "Nothing else has failed.": "Sonst ist nichts gescheitert.",
  "1 delivery would be sent again.": "1 Zustellung würde erneut gesendet.",
  "{0} deliveries would be sent again.": "{0} Zustellungen würden erneut gesendet.",
  "Each stays the same delivery, so nothing arrives twice, and each place gets no more at once than it takes.":
    "Jede bleibt dieselbe Zustellung, deshalb kommt nichts doppelt an, und jeder Ort bekommt nicht mehr auf einmal, als er annimmt.",
  "There are more; they can be taken after these.": "Es gibt mehr; die folgen nach diesen.",
  "Send {0} again": "{0} erneut senden",
  "Not now": "Jetzt nicht",
  "The newest {0}": "Die neuesten {0}",
  "deliveries: These": "Diese",
} as const;
