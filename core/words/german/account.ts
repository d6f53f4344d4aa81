/** Your own page: who you are here, your password, your language. */
export const account = {
  "Your account": "Ihr Konto",
  "set {0}": "gesetzt {0}",
  "none: you sign in by links": "keines: Sie melden sich mit Links an",
  "Change the password": "Passwort ändern",
  "Set a password": "Passwort setzen",
  "Changing it ends your sessions in all other browsers.":
    "Eine Änderung beendet Ihre Sitzungen in allen anderen Browsern.",
  Sessions: "Sitzungen",
  "Ends your sessions in every browser, this one too. API keys go on working.":
    "Beendet Ihre Sitzungen in jedem Browser, auch in diesem. API-Schlüssel gelten weiter.",
  "Sign out everywhere": "Überall abmelden",
  "address: none": "keine",
  "Chat accounts": "Chat-Konten",
  You: "Sie",
  "an admin changes these under People": "ein Admin ändert das unter Personen",
  "no chat account yet": "noch kein Chat-Konto",
  "Remove{0}": "Entfernen{0}",
  "the password and go on with links": "des Passworts, weiter mit Links",
  Language: "Sprache",
  "The console speaks": "Die Konsole spricht",
  "as the browser asks": "wie der Browser es wünscht",
  "Use this language": "Diese Sprache nehmen",
  "The language is chosen.": "Die Sprache ist gewählt.",
  "The password is set. Your sessions in other browsers have ended.":
    "Das Passwort ist gesetzt. Ihre Sitzungen in anderen Browsern sind beendet.",
  "The password is gone. You sign in by links from now on.":
    "Das Passwort ist entfernt. Ab jetzt melden Sie sich mit Links an.",
  "This is not the same as above.": "Das ist nicht dasselbe wie oben.",
  "This is not your present password.": "Das ist nicht Ihr jetziges Passwort.",
  "Too many wrong tries. Wait 15 minutes, or sign in with a one-time link.":
    "Zu viele falsche Versuche. Warten Sie 15 Minuten, oder melden Sie sich mit einem Einmal-Link an.",
} as const;
