/** What is said of fields that texts ask for and events lack. */
export const missingFields = {
  "the title": "der Titel",
  "the text": "der Text",
  "fact {0}": "Angabe {0}",
  "the link": "der Link",
  "a button": "ein Knopf",
  "It has no field {0}, which {1} asks for; {2} stands there.":
    "Das Feld {0} fehlt ihm; {1} braucht es, und dort steht {2}.",
  "Fields that are missing": "Fehlende Felder",
  "{0} of these {1} have no field {2}, which {3} asks for: {4}.":
    "{0} von diesen {1} haben kein Feld {2}; {3} braucht es: {4}.",
  "see one": "eines ansehen",
  "A text of this type failed, so it is left out:":
    "Ein Text dieses Typs misslang und bleibt deshalb weg:",
  "Draw with": "Zeichnen mit",
  "What this event would post": "Was dieses Ereignis senden würde",
} as const;
