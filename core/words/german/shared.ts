/** Words that several parts of the console say. */
export const shared = {
  Name: "Name",
  Password: "Passwort",
  "E-mail": "E-Mail",
  Roles: "Rollen",
  Save: "Speichern",
  "Event types": "Ereignistypen",
} as const;
