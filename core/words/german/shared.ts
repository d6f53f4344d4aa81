/** Words that several parts of the console say. */
export const shared = {
  Name: "Name",
  Password: "Passwort",
  "E-mail": "E-Mail",
  Roles: "Rollen",
  Save: "Speichern",
  "Event types": "Ereignistypen",
  Time: "Zeit",
  Copied: "Kopiert",
  "Any time": "Jederzeit",
  "the last hour": "die letzte Stunde",
  "the last 24 hours": "die letzten 24 Stunden",
  "the last 7 days": "die letzten 7 Tage",
  "the last 30 days": "die letzten 30 Tage",
  Find: "Suchen",
  Show: "Zeigen",
  "filter: Clear": "Zurücksetzen",
  Pages: "Seiten",
  Newer: "Neuere",
  "Nothing fits as far back as {0} UTC. “Older” looks further.":
    "Bis {0} UTC zurück passt nichts. „Ältere“ sucht weiter.",
  "{0} found as far back as {1} UTC. “Older” looks further.":
    "{0} gefunden, bis {1} UTC zurück. „Ältere“ sucht weiter.",
  "Mistakes in this message": "Fehler in dieser Nachricht",
} as const;
