/** Workspaces, their channels, and the page of one channel. */
export const workspaces = {
  "the sandbox's own app": "die eigene App der Sandbox",
  "no app yet": "noch keine App",
  "its secrets cannot be opened": "ihre Geheimnisse lassen sich nicht öffnen",
  "app {0}, by the environment": "App {0}, aus der Umgebung",
  "app {0}, set up here": "App {0}, hier eingerichtet",
  "the sandbox's own bot": "der eigene Bot der Sandbox",
  "no bot yet": "noch kein Bot",
  "its secret cannot be opened": "sein Geheimnis lässt sich nicht öffnen",
  "bot {0}…, by the environment": "Bot {0}…, aus der Umgebung",
  "bot {0}…, set up here": "Bot {0}…, hier eingerichtet",
  "No Slack workspace is connected. First make a Slack app of your own, which takes two minutes; then connect as many workspaces as you like.":
    "Kein Slack-Workspace ist verbunden. Legen Sie zuerst eine eigene Slack-App an, das dauert zwei Minuten; verbinden Sie dann so viele Workspaces, wie Sie möchten.",
  "No Microsoft 365 tenant is connected. First make an Azure Bot of your own; it needs a public https address of this hub, and an admin of your tenant.":
    "Kein Microsoft-365-Mandant ist verbunden. Legen Sie zuerst einen eigenen Azure Bot an; er braucht eine öffentliche https-Adresse dieses Hubs und einen Admin Ihres Mandanten.",
  "No Microsoft 365 tenant is connected. It takes three steps by three people: an admin's consent, the app package in the catalogue, and the app in a team.":
    "Kein Microsoft-365-Mandant ist verbunden. Es braucht drei Schritte von drei Personen: die Zustimmung eines Admins, das App-Paket im Katalog und die App in einem Team.",
  "allowed, not connected": "zugelassen, nicht verbunden",
  "Tenant {0}": "Mandant {0}",
  Connect: "Verbinden",
  "1 message is held": "1 Nachricht wird zurückgehalten",
  "{0} messages are held": "{0} Nachrichten werden zurückgehalten",
  "Looked at the platform just now; what it said stands below.":
    "Gerade eben wurde die Plattform gefragt; was sie sagte, steht unten.",
  "Disconnected. Destinations, rules and the default channel are kept for a reconnect.":
    "Getrennt. Ziele, Regeln und der Standardkanal bleiben für eine neue Verbindung erhalten.",
  "{0} and will be sent then.": "{0} und dann gesendet.",
  "Countersign cannot act in {0} any more.": "Countersign kann in {0} nichts mehr tun.",
  "Rules and destinations are kept.": "Regeln und Ziele bleiben erhalten.",
  Reconnect: "Neu verbinden",
  "Some rights were not granted.": "Einige Rechte wurden nicht erteilt.",
  "Off without them:": "Ohne sie geht nicht:",
  Reauthorise: "Neu berechtigen",
  "Rules, destinations and the default channel stay as they are.":
    "Regeln, Ziele und der Standardkanal bleiben, wie sie sind.",
  "{0}, in order, until what stops them is mended; the channels below say what it is.":
    "{0}, in ihrer Reihenfolge, bis behoben ist, was sie aufhält; die Kanäle unten sagen, was es ist.",
  "Look now": "Jetzt nachsehen",
  Connected: "Verbunden",
  "by {0}": "von {0}",
  "Last look": "Zuletzt geprüft",
  fine: "in Ordnung",
  "Last heard": "Zuletzt gehört",
  Rights: "Rechte",
  "{0} granted": "{0} erteilt",
  "No channel is chosen yet.": "Es ist noch kein Kanal gewählt.",
  "A channel that is chosen is a destination, which rules name.":
    "Ein gewählter Kanal ist ein Ziel, das Regeln nennen.",
  "now called {0}": "heißt jetzt {0}",
  "default channel": "Standardkanal",
  Options: "Optionen",
  "Default channel": "Standardkanal",
  "channel: none yet": "noch keiner",
  "Messages for a channel that is broken go there, with a note.":
    "Nachrichten an einen gestörten Kanal gehen dorthin, mit einem Hinweis.",
  "Know people by their e-mail address": "Personen an ihrer E-Mail-Adresse erkennen",
  "Somebody whose verified address in {0} is that of a person here may decide without linking first. Guests never.":
    "Wessen bestätigte Adresse in {0} die einer Person hier ist, darf entscheiden, ohne das Konto erst zu verbinden. Gäste nie.",
  "Allow requests in channels with people of other companies":
    "Freigabeanfragen in Kanälen mit Menschen anderer Firmen erlauben",
  "They see what is asked and decided. Deciding stays with linked people of this workspace.":
    "Diese sehen, was gefragt und entschieden wird. Entscheiden können nur verbundene Personen dieses Workspaces.",
  "Save options": "Optionen speichern",
  Disconnect: "Trennen",
  "Disconnect {0}…": "{0} trennen …",
  "Disconnect {0}": "{0} trennen",
  "Countersign gives its grant back and forgets its tokens. Cards in {0} stay as they are and answer no more; requests can still be decided here and on other platforms.":
    "Countersign gibt die Erlaubnis zurück und vergisst seine Tokens. Karten in {0} bleiben, wie sie sind, und antworten nicht mehr; Freigabeanfragen lassen sich weiter hier und auf anderen Plattformen entscheiden.",
  "Kept: destinations, rules, the default channel, linked people. Messages for {0} are held, and sent after a reconnect.":
    "Es bleiben: Ziele, Regeln, der Standardkanal, verbundene Personen. Nachrichten an {0} werden zurückgehalten und nach einer neuen Verbindung gesendet.",

  "Move {0} to another channel": "{0} in einen anderen Kanal legen",
  "Choose a channel": "Einen Kanal wählen",
  "{0} is connected.": "{0} ist verbunden.",
  "Now choose the channel where messages shall appear; more can follow at any time.":
    "Wählen Sie jetzt den Kanal, in dem Nachrichten erscheinen sollen; weitere können jederzeit folgen.",
  "Find a channel": "Einen Kanal suchen",
  "Name, id, or a link to the channel": "Name, Kennung oder ein Link zum Kanal",
  "Archived channels are left out. A private channel is found by its link or id as soon as the app is in it.":
    "Archivierte Kanäle fehlen hier. Ein privater Kanal wird über seinen Link oder seine Kennung gefunden, sobald die App darin ist.",
  "The channels are being read from the platform; they appear here by themselves. A link, an id or a whole #name is found already.":
    "Die Kanäle werden gerade bei der Plattform gelesen und erscheinen hier von selbst. Ein Link, eine Kennung oder ein ganzer #name wird schon gefunden.",
  "The app can see no channel.": "Die App sieht keinen Kanal.",
  "No channel that the app can see has “{0}” in its name. Paste its link or its id to look it up.":
    "Kein Kanal, den die App sieht, hat „{0}“ im Namen. Fügen Sie seinen Link oder seine Kennung ein, um ihn nachzuschlagen.",
  Private: "Privat",
  Shared: "Geteilt",
  "People of other companies": "Menschen anderer Firmen",
  "App is in it": "App ist darin",
  "Open {0}": "{0} öffnen",
  "Move here": "Hierher legen",
  Choose: "Wählen",
  "The first {0}; type more of the name.": "Die ersten {0}; tippen Sie mehr vom Namen.",
  "The list is being read.": "Die Liste wird gelesen.",
  "List of {0}.": "Gelesen {0}.",
  "Read it again": "Neu lesen",

  "{0} is a destination now.": "{0} ist jetzt ein Ziel.",
  "Post a hello to see that messages arrive, then say which events go there.":
    "Senden Sie einen Gruß, um zu sehen, dass Nachrichten ankommen; sagen Sie dann, welche Ereignisse dorthin gehen.",
  "Do messages arrive?": "Kommen Nachrichten an?",
  "Post another": "Noch einen senden",
  "Post a hello message": "Einen Gruß senden",
  "The hello was posted to {0}.": "Der Gruß wurde an {0} gesendet.",
  "The hello is on its way.": "Der Gruß ist unterwegs.",
  "See the delivery": "Die Zustellung ansehen",
  "What goes there": "Was dorthin geht",
  "All rules": "Alle Regeln",
  "Everything that no rule takes.": "Alles, was keine Regel nimmt.",
  "Nothing yet: no rule names it.": "Noch nichts: Keine Regel nennt es.",
  "by the rule {0}": "durch die Regel {0}",
  "asks for approval under {0}": "fragt um Freigabe nach {0}",
  "The rule {0} is saved, but {1} stands before it, takes such events and ends the walk. Let that rule continue, or name {2} in it: {3}.":
    "Die Regel {0} ist gespeichert, aber {1} steht vor ihr, nimmt solche Ereignisse und beendet den Durchgang. Lassen Sie jene Regel weitergehen, oder nennen Sie {2} darin: {3}.",
  "change the rules": "die Regeln ändern",
  "The rule {0} is saved. The next such event lands in {1}.":
    "Die Regel {0} ist gespeichert. Das nächste solche Ereignis landet in {1}.",
  "Route an event type here": "Einen Ereignistyp hierher leiten",
  "A whole type, or a beginning with a star: {0}. A star alone is everything.":
    "Ein ganzer Typ oder ein Anfang mit Stern: {0}. Ein Stern allein ist alles.",
  "for information, nobody is asked": "nur zur Information",
  "Add the rule": "Die Regel hinzufügen",
  "Channel {0}": "Kanal {0}",
  "It was renamed; rules still say {0}, and that keeps working.":
    "Er wurde umbenannt; Regeln sagen noch {0}, und das gilt weiter.",
  "Move to another channel": "In einen anderen Kanal legen",
  "Rules stay as they are; from then on their messages go to the other channel.":
    "Regeln bleiben, wie sie sind; von da an gehen ihre Nachrichten in den anderen Kanal.",
  "This is the default channel of {0}.": "Das ist der Standardkanal von {0}.",
  "Make it the default channel": "Zum Standardkanal machen",
  "Expected a type such as deploy.requested, a beginning such as deploy.*, or *.":
    "Erwartet wird ein Typ wie deploy.requested, ein Anfang wie deploy.* oder *.",
  "Somebody saved other rules meanwhile. Look at them below, and add it again.":
    "Inzwischen hat jemand andere Regeln gespeichert. Sehen Sie sie unten an, und fügen Sie Ihre noch einmal hinzu.",
  "Workspaces are connected and looked after by people with the role admin.":
    "Workspaces verbinden und betreuen Personen mit der Rolle admin.",
} as const;
