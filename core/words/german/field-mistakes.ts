/** What a form, a pattern, a condition or a schema expected at one of its fields. */
export const fieldMistakes = {
  "a text": "ein Text",
  "a number": "eine Zahl",
  "a whole number": "eine ganze Zahl",
  "true or false": "true oder false",
  "a list": "eine Liste",
  "a JSON object": "ein JSON-Objekt",
  null: "null",
  "a time as RFC 3339, such as 2026-01-31T14:02:00Z":
    "eine Zeit nach RFC 3339, etwa 2026-01-31T14:02:00Z",
  "a day, such as 2026-01-31": "ein Tag, etwa 2026-01-31",
  "a time of day, such as 14:02:00Z": "eine Uhrzeit, etwa 14:02:00Z",
  "an e-mail address": "eine E-Mail-Adresse",
  "an address": "eine Adresse",
  "a UUID": "eine UUID",
  '; did you mean it by "{0}"?': "; ist es mit „{0}“ gemeint?",
  "expected {0}, got nothing{1}": "erwartet: {0}; gekommen: nichts{1}",
  "expected {0}, got {1}": "erwartet: {0}; gekommen: {1}",
  "a value": "ein Wert",
  " or ": " oder ",
  "the format {0}": "das Format {0}",
  "at least {0}": "mindestens {0}",
  "at most {0}": "höchstens {0}",
  "{0} characters": "{0} Zeichen",
  "{0} items": "{0} Einträge",
  "a text that fits {0}": "ein Text, der zu {0} passt",
  'no member "{0}"': "kein Feld „{0}“",
  "one of the forms that the schema lists": "eine der Formen, die das Schema nennt",
  "that it {0}": "dass gilt: {0}",
  "a list of {0}": "eine Liste von {0}",
  nothing: "nichts",
  "The channel went away while it was tested. Choose it again.":
    "Der Kanal verschwand, während er getestet wurde. Wählen Sie ihn noch einmal.",
  "; there are {0}": "; es gibt {0}",
  "unknown field{0}": "unbekanntes Feld{0}",
  "expected {0}": "erwartet: {0}",
  "expected another type of value": "erwartet wird ein Wert anderer Art",
  "may not be empty": "darf nicht leer sein",
  "expected at least {0}": "erwartet: mindestens {0}",
  "expected at most {0}": "erwartet: höchstens {0}",
  "A condition has {0} characters at most; this one {1}.":
    "Eine Bedingung hat höchstens {0} Zeichen; diese hat {1}.",
  "A condition is true or false, not {0}.": "Eine Bedingung ist wahr oder falsch, nicht {0}.",
  "it is neither true nor false": "sie ist weder wahr noch falsch",
  ", at place {0}": ", an Stelle {0}",
  "matches is not allowed: a regular expression can stall the hub. Use startsWith, endsWith or contains.":
    "matches ist nicht erlaubt: Ein regulärer Ausdruck kann den Hub aufhalten. Nehmen Sie startsWith, endsWith oder contains.",
  "A walk through a list ({0}) does not stand inside another.":
    "Ein Gang durch eine Liste ({0}) steht nicht in einem anderen.",
  "A list inside a list of values is not allowed.":
    "Eine Liste in einer Liste von Werten ist nicht erlaubt.",
  "A matcher has exactly one operator of: {0}.": "Eine Prüfung hat genau einen Operator von: {0}.",
  "exists takes true or false.": "exists nimmt true oder false.",
  "equals-ignore-case takes a text.": "equals-ignore-case nimmt einen Text.",
  'There is no operator "{0}". There are: {1}.': "Den Operator „{0}“ gibt es nicht. Es gibt: {1}.",
  '{0} takes a text, or { "equals-ignore-case": "…" }.':
    '{0} nimmt einen Text oder { "equals-ignore-case": "…" }.',
  "wildcard takes a text with a star for any characters.":
    "wildcard nimmt einen Text, in dem ein Stern für beliebige Zeichen steht.",
  "A backslash stands before a star or a backslash only; see place {0}.":
    "Ein Backslash steht nur vor einem Stern oder einem Backslash; siehe Stelle {0}.",
  "Two stars in a row say no more than one. Write one.":
    "Zwei Sterne hintereinander sagen nicht mehr als einer. Schreiben Sie einen.",
  'cidr takes a range of addresses, such as "10.0.0.0/24" or "2001:db8::/32".':
    'cidr nimmt einen Bereich von Adressen, etwa "10.0.0.0/24" oder "2001:db8::/32".',
  'numeric takes a comparison and a number, or a range from low to high: [">", 0, "<=", 5].':
    'numeric nimmt einen Vergleich und eine Zahl oder einen Bereich von unten nach oben: [">", 0, "<=", 5].',
  "anything-but takes a text, a number, a list of texts or of numbers, or one of {0} with a text or a list of texts.":
    "anything-but nimmt einen Text, eine Zahl, eine Liste von Texten oder von Zahlen, oder eines von {0} mit einem Text oder einer Liste von Texten.",
  "An empty list matches nothing. Give at least one value.":
    "Eine leere Liste trifft auf nichts zu. Geben Sie mindestens einen Wert an.",
  "Values stand in a list. Write [{0}].": "Werte stehen in einer Liste. Schreiben Sie [{0}].",
  "An empty object says nothing. Name a field, or leave it out.":
    "Ein leeres Objekt sagt nichts. Nennen Sie ein Feld, oder lassen Sie es weg.",
  "The alternatives multiply to more than {0}. Split the rule.":
    "Die Alternativen ergeben zusammen mehr als {0}. Teilen Sie die Regel.",
  "An operator stands in a list. Write [{0}].":
    "Ein Operator steht in einer Liste. Schreiben Sie [{0}].",
  '$or takes a list of two patterns or more: [{ "a": ["x"] }, { "b": ["y"] }].':
    '$or nimmt eine Liste von zwei oder mehr Mustern: [{ "a": ["x"] }, { "b": ["y"] }].',
  "expected a time such as 30m, 24h or 7d": "erwartet wird eine Zeit wie 30m, 24h oder 7d",
  "expected a whole event type": "erwartet wird ein ganzer Ereignistyp",
  "expected a type, or a prefix with * at its end":
    "erwartet wird ein Typ oder ein Anfang mit * am Ende",
  "expected a hex colour such as #1A7F37": "erwartet wird eine Hex-Farbe wie #1A7F37",
  "expected a JSON pointer into data, such as /expires_at":
    "erwartet wird ein JSON-Zeiger in data, etwa /expires_at",
  "this is not a hex colour; write it like #1A7F37":
    "das ist keine Hex-Farbe; schreiben Sie sie wie #1A7F37",
  'expected approved, rejected, expired, cancelled, or {"action": "/pointer"}':
    'erwartet wird approved, rejected, expired, cancelled oder {"action": "/pointer"}',
  "expected a kind: opens, may, closes, outcome, reply, marks or no":
    "erwartet wird eine Art: opens, may, closes, outcome, reply, marks oder no",
  "expected 1 to 128 characters of a-z, A-Z, 0-9, dot, - and _":
    "erwartet werden 1 bis 128 Zeichen aus a-z, A-Z, 0-9, Punkt, - und _",
} as const;
