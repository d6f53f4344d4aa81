/** What the lists of requests, events and deliveries, and their pages, share. */
export const lists = {
  "Any producer": "Jede Quelle",
  "Sign in": "Anmelden",
  "Not you?": "Nicht Sie?",
  Back: "Zurück",
  "{0} of {1}": "{0} von {1}",
  "{0} and {1}": "{0} und {1}",
  "This is for admins": "Das ist für Admins",
  "Send an event in the sandbox": "Ein Ereignis in der Sandbox senden",
} as const;
