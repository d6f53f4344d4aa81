/**
 * Setting up the operator's own Azure Bot, and bringing it into Teams. Microsoft's pages speak German, so what they
 * show has the German name that they give it.
 */
export const teamsSetup = {
  "Set up Microsoft Teams": "Microsoft Teams einrichten",
  "Set up Teams": "Teams einrichten",
  "Set Teams up": "Teams einrichten",
  "Teams app": "Teams-App",
  "This is a sandbox run, and its Teams is the sandbox's own. Start the hub with PUBLIC_URL, or with SANDBOX=off, to connect a real one. The two never share a database.":
    "Hier läuft die Sandbox, und ihr Teams ist ihr eigenes. Starten Sie den Hub mit PUBLIC_URL oder mit SANDBOX=off, um ein echtes zu verbinden. Beide teilen nie eine Datenbank.",
  "Make a new one under Certificates & secrets, and paste its Value below; messages that wait meanwhile are kept.":
    "Legen Sie unter „Zertifikate & Geheimnisse“ ein neues an, und fügen Sie unten seinen Wert ein; Nachrichten, die solange warten, bleiben erhalten.",
  "Operator of this hub": "Betreiber dieses Hubs",
  "Admin of this hub": "Admin dieses Hubs",
  "Teams calls the hub, and only at a public https address; unlike Slack it knows no connection that the hub opens.":
    "Teams ruft den Hub, und nur an einer öffentlichen https-Adresse; anders als Slack kennt es keine Verbindung, die der Hub öffnet.",
  "Teams and people reach the hub here, by https. It goes into the steps below.":
    "Hier erreichen Teams und alle Personen den Hub, mit https. Sie steht in den Schritten unten.",
  "It is for this machine alone: right for a trial with a local stand-in for Teams. {0} For the real one, set PUBLIC_URL to an https address that leads here and start the hub again.":
    "Sie gilt nur auf dieser Maschine: gut für einen Versuch mit einem lokalen Ersatz für Teams. {0} Für das echte setzen Sie PUBLIC_URL auf eine https-Adresse, die hierher führt, und starten den Hub neu.",
  "PUBLIC_URL is not set, so this hub answers this machine alone. {0} Set PUBLIC_URL to the one that leads here and start the hub again.":
    "PUBLIC_URL ist nicht gesetzt, also antwortet dieser Hub nur dieser Maschine. {0} Setzen Sie PUBLIC_URL auf die Adresse, die hierher führt, und starten Sie den Hub neu.",

  "Make the Azure Bot": "Den Azure Bot anlegen",
  "Create an Azure Bot": "Einen Azure Bot erstellen",
  "Create the bot": "Den Bot erstellen",
  "Azure: Contributor of a resource group": "Azure: Mitwirkender einer Ressourcengruppe",
  "Azure: Contributor": "Azure: Mitwirkender",
  "Handle {0}, Type of App {1} (it cannot be changed later, and Azure makes no more bots for several tenants), and a new Microsoft App ID.":
    "Bothandle {0}, Typ der App {1} (das lässt sich später nicht ändern, und Azure legt keine Bots für mehrere Mandanten mehr an) und eine neue Microsoft-App-ID.",
  "Single Tenant": "Einzelner Mandant",
  "Configuration: the messaging endpoint": "Konfiguration: der Messaging-Endpunkt",
  "Channels: add Microsoft Teams": "Kanäle: Microsoft Teams hinzufügen",
  "Agree to the terms, and press Apply. Without it Teams does not know the bot.":
    "Stimmen Sie den Bedingungen zu, und drücken Sie „Anwenden“. Ohne das kennt Teams den Bot nicht.",
  "App registration, Authentication: a Web redirect URI":
    "App-Registrierung, Authentifizierung: eine Umleitungs-URI für das Web",
  "Entra: owner of the app, or Application Administrator":
    "Entra: Besitzer der App oder Anwendungsadministrator",
  "The bot's Configuration leads there by Manage Password.":
    "Die Konfiguration des Bots führt über „Kennwort verwalten“ dorthin.",
  "Certificates & secrets: a new client secret":
    "Zertifikate & Geheimnisse: ein neuer geheimer Clientschlüssel",
  "Copy its {0}, which is shown once, and note the day on which it expires.":
    "Kopieren Sie seinen {0}, der einmal gezeigt wird, und notieren Sie den Tag, an dem er abläuft.",
  Value: "Wert",
  "The same with the Azure CLI": "Dasselbe mit der Azure CLI",

  "They stand in the environment ({0} and its secrets), which wins over this page. App {1}, tenant {2}.":
    "Sie stehen in der Umgebung ({0} und die Geheimnisse dazu), und diese gilt vor dieser Seite. App {1}, Mandant {2}.",
  "Save the day": "Den Tag speichern",
  "Test the values": "Die Werte testen",
  "The secret runs out on {0}, in {1} days.": "Das Geheimnis läuft am {0} ab, in {1} Tagen.",
  "Forget this bot's values": "Die Werte dieses Bots vergessen",
  "Last day of the client secret": "Letzter Tag des geheimen Clientschlüssels",
  "Azure shows it beside the secret, and tells nobody. With it, people are told here 30 and 7 days before.":
    "Azure zeigt ihn neben dem Geheimnis und meldet ihn niemandem. Steht er hier, wird 30 und 7 Tage vorher gewarnt.",
  "The first two stand on the {0} of the app registration. Microsoft is asked about all three before anything is saved. They are stored sealed, and no page shows the secret again.":
    "Die ersten beiden stehen in der {0} der App-Registrierung. Vor dem Speichern wird Microsoft zu allen dreien gefragt. Sie werden versiegelt gespeichert, und keine Seite zeigt das Geheimnis noch einmal.",
  "Application (client) ID": "Anwendungs-ID (Client)",
  "Directory (tenant) ID": "Verzeichnis-ID (Mandant)",
  "Client secret, its Value": "Geheimer Clientschlüssel, sein Wert",

  "Microsoft knows these values. They are saved, sealed, and in use: no restart is needed. Now give consent.":
    "Microsoft kennt diese Werte. Sie sind gespeichert, versiegelt und in Gebrauch: Ein Neustart ist nicht nötig. Geben Sie jetzt die Zustimmung.",
  "Saved, sealed, and in use, but not proven: Microsoft's login gave no answer about them ({0}). Press Test the values in a while.":
    "Gespeichert, versiegelt und in Gebrauch, aber nicht geprüft: Die Anmeldung von Microsoft hat dazu nicht geantwortet ({0}). Drücken Sie nach einer Weile „Die Werte testen“.",
  "The bot's values are forgotten. Tenants, channels and rules are kept.":
    "Die Werte des Bots sind vergessen. Mandanten, Kanäle und Regeln bleiben.",
  "Noted: people are told 30 and 7 days before the client secret runs out.":
    "Vermerkt: 30 und 7 Tage, bevor der geheime Clientschlüssel abläuft, wird gewarnt.",
  "TEAMS_APP_ID is set in the environment, and it wins. Nothing was saved.":
    "TEAMS_APP_ID ist in der Umgebung gesetzt, und diese gilt. Es wurde nichts gespeichert.",
  "Saved, but the connection to Teams did not start: {0}":
    "Gespeichert, aber die Verbindung zu Teams kam nicht zustande: {0}",
  "That tenant knows no app with this id. Copy the Application (client) ID from the app registration's Overview, and compare the tenant: the Directory (tenant) ID stands below it.":
    "Jener Mandant kennt keine App mit dieser Kennung. Kopieren Sie die Anwendungs-ID (Client) aus der Übersicht der App-Registrierung, und vergleichen Sie den Mandanten: Die Verzeichnis-ID (Mandant) steht darunter.",
  "The app is registered, and has no service principal in that tenant. An Entra admin makes one: az ad sp create --id with this app id.":
    "Die App ist registriert und hat in jenem Mandanten keinen Dienstprinzipal. Ein Entra-Admin legt einen an: az ad sp create --id mit dieser App-ID.",
  "The client secret is not one of this app. Copy its Value, not its Secret ID; where the Value is hidden by now, make a new secret.":
    "Der geheime Clientschlüssel gehört nicht zu dieser App. Kopieren Sie seinen Wert, nicht seine Geheimnis-ID; ist der Wert schon verborgen, legen Sie einen neuen an.",
  "The client secret has run out. Make a new one under Certificates & secrets, and paste its Value.":
    "Der geheime Clientschlüssel ist abgelaufen. Legen Sie unter „Zertifikate & Geheimnisse“ einen neuen an, und fügen Sie seinen Wert ein.",
  "Microsoft knows no tenant with this id. Copy the Directory (tenant) ID from the app registration's Overview.":
    "Microsoft kennt keinen Mandanten mit dieser Kennung. Kopieren Sie die Verzeichnis-ID (Mandant) aus der Übersicht der App-Registrierung.",
  "This is no tenant id. Copy the Directory (tenant) ID from the app registration's Overview.":
    "Das ist keine Kennung eines Mandanten. Kopieren Sie die Verzeichnis-ID (Mandant) aus der Übersicht der App-Registrierung.",
  "Microsoft's login does not take these values.":
    "Die Anmeldung von Microsoft nimmt diese Werte nicht an.",
  "Microsoft gave the bot a token: app id, secret and tenant fit.":
    "Microsoft gab dem Bot ein Token: App-ID, Geheimnis und Mandant passen.",
  "Microsoft's login gave no answer about the values: {0}.":
    "Die Anmeldung von Microsoft hat zu den Werten nicht geantwortet: {0}.",
  "This day is over. Make a new client secret, and say when that one runs out.":
    "Dieser Tag ist vorbei. Legen Sie einen neuen geheimen Clientschlüssel an, und sagen Sie, wann dieser abläuft.",
  "Expected a day, such as 2027-05-31.": "Erwartet wird ein Tag wie 2027-05-31.",

  "an id such as 00000000-0000-0000-0000-000000000000":
    "eine Kennung wie 00000000-0000-0000-0000-000000000000",
  "the Application (client) ID, {0}": "die Anwendungs-ID (Client), {0}",
  "the Directory (tenant) ID, {0}": "die Verzeichnis-ID (Mandant), {0}",
  "Missing: {0}.": "Es fehlt: {0}.",
  "Expected: {0}.": "Erwartet: {0}.",
  "Missing: the client secret's Value.": "Es fehlt: der Wert des geheimen Clientschlüssels.",
  "This looks like the Secret ID. Copy the Value beside it; where it is hidden by now, make a new secret.":
    "Das sieht nach der Geheimnis-ID aus. Kopieren Sie den Wert daneben; ist er schon verborgen, legen Sie einen neuen Schlüssel an.",
  "Expected the client secret's Value, 8 to 200 characters without blanks.":
    "Erwartet: der Wert des geheimen Clientschlüssels, 8 bis 200 Zeichen ohne Leerzeichen.",
  "Give consent": "Zustimmung geben",
  "Entra: Application Administrator or Global Administrator":
    "Entra: Anwendungsadministrator oder globaler Administrator",
  "Connect the tenant": "Den Mandanten verbinden",
  "Connect {0}": "{0} verbinden",
  "Every tenant takes these three acts of its own, with the same package.":
    "Jeder Mandant braucht diese drei Schritte für sich, mit demselben Paket.",
  "Only where several Microsoft 365 tenants are to be connected":
    "Nur wo mehrere Microsoft-365-Mandanten verbunden werden sollen",
  "App registration, Authentication: Supported account types":
    "App-Registrierung, Authentifizierung: Unterstützte Kontotypen",
  "Accounts in any organizational directory": "Konten in einem beliebigen Organisationsverzeichnis",
  "{0}, which is {1} as {2}:": "{0}, das ist {1} als {2}:",
  "The bot itself stays Single Tenant, and its token comes from its own tenant.":
    "Der Bot selbst bleibt Single Tenant, und sein Token kommt aus seinem eigenen Mandanten.",
  "The ids of the other tenants, with commas; then start the hub again. Every tenant that is not named is refused.":
    "Die Kennungen der anderen Mandanten, mit Kommas; starten Sie dann den Hub neu. Jeder Mandant, der nicht genannt ist, wird abgelehnt.",
  "On Microsoft's own page. It asks for no right to read messages: a bot may do what follows from where it was added.":
    "Auf Microsofts eigener Seite. Sie bittet um kein Recht, Nachrichten zu lesen: Was ein Bot darf, folgt daraus, wo er hinzugefügt wurde.",
  "Bring the app into a team": "Die App in ein Team bringen",
  "Allow custom apps": "Eigene Apps erlauben",
  "Teams Administrator": "Teams-Administrator",
  "Teams admin centre, Teams apps, Manage apps, Org-wide app settings: custom apps must be on. A permission policy may block this one for some people.":
    "Teams Admin Center, Teams-Apps, Apps verwalten, Organisationsweite App-Einstellungen: Benutzerdefinierte Apps müssen an sein. Eine Berechtigungsrichtlinie kann diese für manche sperren.",
  "Upload the package": "Das Paket hochladen",
  "Manage apps, Upload new app. It can take up to 24 hours until everybody sees it.":
    "Apps verwalten, Neue App hochladen. Bis alle sie sehen, kann es 24 Stunden dauern.",
  "Add the app to a team": "Die App zu einem Team hinzufügen",
  "Team owner": "Besitzer des Teams",
  "In Teams: Apps, Built for your org, Countersign, Add to a team.":
    "In Teams: Apps, Für Ihre Organisation entwickelt, Countersign, Zu einem Team hinzufügen.",
  "See how far {0} is": "Sehen, wie weit {0} ist",
  "The package can be made once this hub has a public https address: it stands in it.":
    "Das Paket entsteht, sobald dieser Hub eine öffentliche https-Adresse hat: Sie steht darin.",
  "The package names the bot, so it can be made after the steps above.":
    "Das Paket nennt den Bot und entsteht deshalb nach den Schritten oben.",
  "Download the app package": "Das App-Paket herunterladen",
  "Version {0}, made for this hub: its address, the bot's id, both icons. After an update of the package some bots heard nothing more in a team until the app was taken out and added again; where buttons stay silent, do that.":
    "Version {0}, für diesen Hub gemacht: seine Adresse, die Kennung des Bots, beide Symbole. Nach einer neuen Fassung des Pakets hörten manche Bots in einem Team nichts mehr, bis die App dort entfernt und neu hinzugefügt war; tun Sie das, wo Knöpfe stumm bleiben.",
  "There is no app package yet": "Es gibt noch kein App-Paket",
  "The package names your Azure Bot and this hub's public https address, and one of them is not set.":
    "Das Paket nennt Ihren Azure Bot und die öffentliche https-Adresse dieses Hubs, und eines von beiden ist nicht gesetzt.",
  "Set PUBLIC_URL to an https address that leads here, and enter the bot's values.":
    "Setzen Sie PUBLIC_URL auf eine https-Adresse, die hierher führt, und tragen Sie die Werte des Bots ein.",

  "Check status": "Stand prüfen",
  "1. An admin of the tenant gives consent": "1. Ein Admin des Mandanten gibt die Zustimmung",
  "A Global or an Application Administrator does this, on Microsoft's own page.":
    "Das tut ein globaler oder ein Anwendungsadministrator, auf Microsofts eigener Seite.",
  "2. The app package lies in the tenant's catalogue":
    "2. Das App-Paket liegt im Katalog des Mandanten",
  "A Teams Administrator uploads the zip of {0} under Teams apps, Manage apps. Custom apps must be on there, and no policy may block this one. An upload can take up to 24 hours to reach everybody.":
    "Ein Teams-Administrator lädt das Zip von {0} unter Teams-Apps, Apps verwalten hoch. Benutzerdefinierte Apps müssen dort an sein, und keine Richtlinie darf diese sperren. Bis es alle erreicht, kann es 24 Stunden dauern.",
  "3. The app is in a team": "3. Die App ist in einem Team",
  "It is in {0}.": "Sie ist in {0}.",
  "A team owner adds it: Apps, Built for your org, Add to a team. The tick comes by itself. Where the app was in a team before the consent, take it out there and add it again.":
    "Ein Besitzer des Teams fügt sie hinzu: Apps, Für Ihre Organisation entwickelt, Zu einem Team hinzufügen. Das Häkchen kommt von selbst. War die App schon vor der Zustimmung in einem Team, entfernen Sie sie dort, und fügen Sie sie neu hinzu.",
  "Messages arrive there, and nothing has come back since {0}. After a new app package some apps heard nothing more until they were added anew: where buttons stay silent, a team owner takes the app out of the team and adds it again.":
    "Dort kommen Nachrichten an, doch zuletzt kam {0} etwas zurück. Nach einem neuen App-Paket hörten manche Apps nichts mehr, bis sie neu hinzugefügt waren: Wo Knöpfe stumm bleiben, entfernt ein Besitzer des Teams die App aus dem Team und fügt sie neu hinzu.",
  "To do": "Zu tun",
  "Microsoft Teams is not set up": "Microsoft Teams ist nicht eingerichtet",
  "This hub has no Azure Bot of its own yet, so there is nothing to consent to.":
    "Dieser Hub hat noch keinen eigenen Azure Bot, also gibt es nichts, dem zuzustimmen wäre.",
  "Set the bot up first: it takes three values from Microsoft's pages.":
    "Richten Sie zuerst den Bot ein: Es braucht drei Werte von den Seiten von Microsoft.",
} as const;
