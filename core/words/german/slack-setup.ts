/** Setting up the operator's own Slack app. Slack's own pages speak English, so what they show keeps its name. */
export const slackSetup = {
  "Set up Slack": "Slack einrichten",
  "Set Slack up": "Slack einrichten",
  "Slack app": "Slack-App",
  "This is a sandbox run, and its Slack is the sandbox's own. Start the hub with PUBLIC_URL, or with SANDBOX=off, to connect a real one. The two never share a database.":
    "Hier läuft die Sandbox, und ihr Slack ist ihr eigenes. Starten Sie den Hub mit PUBLIC_URL oder mit SANDBOX=off, um ein echtes zu verbinden. Beide teilen nie eine Datenbank.",
  "This hub's address": "Die Adresse dieses Hubs",
  "Slack and people reach the hub here. It goes into the manifest below.":
    "Hier erreichen Slack und alle Personen den Hub. Sie steht im Manifest unten.",
  "It is for this machine alone: right for a trial with a local Slack. The real Slack reaches it only by Socket Mode; for HTTP, set PUBLIC_URL to an https address that leads here and start the hub again.":
    "Sie gilt nur auf dieser Maschine: gut für einen Versuch mit einem lokalen Slack. Das echte Slack erreicht sie nur im Socket Mode; für HTTP setzen Sie PUBLIC_URL auf eine https-Adresse, die hierher führt, und starten den Hub neu.",
  "PUBLIC_URL is not set, so this hub answers this machine alone. Set PUBLIC_URL to the https address that leads here and start it again; or use Socket Mode, which needs no address.":
    "PUBLIC_URL ist nicht gesetzt, also antwortet dieser Hub nur dieser Maschine. Setzen Sie PUBLIC_URL auf die https-Adresse, die hierher führt, und starten Sie ihn neu; oder nehmen Sie den Socket Mode, der keine Adresse braucht.",
  "Make the app at Slack": "Die App bei Slack anlegen",
  "Create the app at Slack": "Die App bei Slack anlegen",
  "Slack opens with everything filled in: name, addresses, rights. Choose a workspace, look it through, and press Create.":
    "Slack öffnet sich, und alles ist ausgefüllt: Name, Adressen, Rechte. Wählen Sie einen Workspace, sehen Sie es durch, und drücken Sie „Create“.",
  "The {0} rights that it asks for, and why": "Die {0} Rechte, um die sie bittet, und warum",
  "The manifest, to paste it yourself": "Das Manifest, zum Einfügen von Hand",
  "How Slack reaches the hub": "Wie Slack den Hub erreicht",
  "Slack calls this hub's public https address.":
    "Slack ruft die öffentliche https-Adresse dieses Hubs.",
  "The hub holds a connection to Slack, so nothing must reach it from outside. Teams has no such way.":
    "Der Hub hält eine Verbindung zu Slack, also muss ihn nichts von außen erreichen. Teams kennt diesen Weg nicht.",
  "The app at Slack was made with an older manifest.":
    "Die App bei Slack wurde mit einem älteren Manifest angelegt.",
  "Change it there under App Manifest, then reauthorise each workspace:":
    "Ändern Sie es dort unter „App Manifest“, und berechtigen Sie dann jeden Workspace neu:",
  "I have changed it at Slack": "Bei Slack ist es geändert",
  "Waiting for your Slack admin?": "Warten Sie auf Ihren Slack-Admin?",
  "Some companies let only admins add apps. Then Slack asks for a reason; this text says it. When the admin has agreed, press Connect again: it begins anew, and nothing is lost.":
    "In manchen Firmen fügen nur Admins Apps hinzu. Dann fragt Slack nach einem Grund; dieser Text nennt ihn. Hat der Admin zugestimmt, verbinden Sie noch einmal: Es beginnt von vorn, und nichts geht verloren.",
  "Please approve the app Countersign, which we run ourselves at {0}. It posts requests for approval into channels that we choose and notes who approved. It reads no messages: it asks for the rights that its page at Slack lists, and each has its reason in our hub under Workspaces. To revoke it, remove the app from the workspace.":
    "Bitte lassen Sie die App Countersign zu, die wir selbst unter {0} betreiben. Sie stellt Freigabeanfragen in Kanäle, die wir wählen, und hält fest, wer freigegeben hat. Sie liest keine Nachrichten: Sie bittet um die Rechte, die ihre Seite bei Slack auflistet, und jedes hat seine Begründung in unserem Hub unter Workspaces. Um es zu widerrufen, entfernen Sie die App aus dem Workspace.",

  "Client ID": "Client ID",
  "Client Secret": "Client Secret",
  "Signing Secret": "Signing Secret",
  "App-level token": "App-level token",
  "They stand in the environment ({0} and its secrets), which wins over this page. App {1}.":
    "Sie stehen in der Umgebung ({0} und die Geheimnisse dazu), und diese gilt vor dieser Seite. App {1}.",
  "the Client ID, two numbers with a dot between them":
    "die Client ID, zwei Zahlen mit einem Punkt dazwischen",
  "the Client Secret, without blanks": "das Client Secret, ohne Leerzeichen",
  "the Signing Secret, without blanks; with Socket Mode it may be left out":
    "das Signing Secret, ohne Leerzeichen; im Socket Mode darf es fehlen",
  "the app-level token, which begins with xapp-": "das App-level token, das mit xapp- beginnt",
  "Expected {0}.": "Erwartet: {0}.",
  "Test the keys": "Die Schlüssel testen",
  "Forget this app's keys": "Die Schlüssel dieser App vergessen",
  "App Credentials": "App Credentials",
  "App Credentials; the token is made further down, under App-Level Tokens, with the right connections:write, and begins with xapp-":
    "App Credentials; das Token entsteht weiter unten, unter App-Level Tokens, mit dem Recht connections:write, und beginnt mit xapp-",
  "Slack shows them under {0}, {1}. They are stored sealed, and no page shows a secret again.":
    "Slack zeigt sie unter {0}, {1}. Sie werden versiegelt gespeichert, und keine Seite zeigt ein Geheimnis noch einmal.",
  "Basic Information": "Basic Information",
  "Saved, sealed, and in use: no restart is needed. Now connect a workspace.":
    "Gespeichert, versiegelt und in Gebrauch: Ein Neustart ist nicht nötig. Verbinden Sie jetzt einen Workspace.",
  "The app's keys are forgotten. Workspaces and rules are kept.":
    "Die Schlüssel der App sind vergessen. Workspaces und Regeln bleiben.",
  "Noted: the app at Slack is as the manifest says.":
    "Vermerkt: Die App bei Slack ist, wie das Manifest sagt.",
  "SLACK_CLIENT_ID is set in the environment, and it wins. Nothing was saved.":
    "SLACK_CLIENT_ID ist in der Umgebung gesetzt, und diese gilt. Es wurde nichts gespeichert.",
  "Saved, but the connection to Slack did not start: {0}":
    "Gespeichert, aber die Verbindung zu Slack kam nicht zustande: {0}",
  "Slack knows no app with this Client ID. Copy it again from Basic Information.":
    "Slack kennt keine App mit dieser Client ID. Kopieren Sie sie noch einmal aus „Basic Information“.",
  "The Client Secret does not belong to this Client ID. Copy it again from Basic Information.":
    "Das Client Secret gehört nicht zu dieser Client ID. Kopieren Sie es noch einmal aus „Basic Information“.",
  "Slack knows this Client ID and Client Secret. The Signing Secret shows itself with the first call from Slack.":
    "Slack kennt diese Client ID und dieses Client Secret. Das Signing Secret zeigt sich beim ersten Aufruf von Slack.",
  "Slack refused the keys: {0}.": "Slack hat die Schlüssel abgewiesen: {0}.",
  "Slack gave no answer about the keys: {0}": "Slack hat zu den Schlüsseln nicht geantwortet: {0}",

  "Start again": "Noch einmal beginnen",
  "Your sign-in did not come back with you": "Ihre Anmeldung kam nicht mit Ihnen zurück",
  "You left for {0} signed in, and this browser came back without its session cookie. Nothing was connected.":
    "Sie gingen angemeldet zu {0}, und dieser Browser kam ohne sein Sitzungs-Cookie zurück. Es wurde nichts verbunden.",
  "Begin and end in one browser, at one address of this hub: a proxy must pass cookies on, and PUBLIC_URL must be the address that you use.":
    "Beginnen und enden Sie in einem Browser, an einer Adresse dieses Hubs: Ein Proxy muss Cookies weitergeben, und PUBLIC_URL muss die Adresse sein, die Sie nutzen.",
  "Only admins connect workspaces": "Nur Admins verbinden Workspaces",
  "Your roles do not include admin. Nothing was connected.":
    "Ihre Rollen enthalten admin nicht. Es wurde nichts verbunden.",
  "Ask an admin of this hub to connect the workspace.":
    "Bitten Sie einen Admin dieses Hubs, den Workspace zu verbinden.",
  "Slack is not set up": "Slack ist nicht eingerichtet",
  "This hub has no Slack app of its own yet, so there is nothing to install.":
    "Dieser Hub hat noch keine eigene Slack-App, also gibt es nichts zu installieren.",
  "Set the Slack app up first: it takes three values from Slack's pages.":
    "Richten Sie zuerst die Slack-App ein: Es braucht drei Werte von den Seiten von Slack.",
} as const;
