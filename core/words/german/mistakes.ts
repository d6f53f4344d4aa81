/** What is wrong with what somebody typed, as the hub's own parts say it. */
export const mistakes = {
  "nobody would be asked": "niemand würde gefragt",
  "any approver could say yes": "alle mit der Rolle approver könnten freigeben",
  "one approval would do instead of {0}": "eine Zustimmung genügte statt {0}",
  "{0} approvals would do instead of {1}": "{0} Zustimmungen genügten statt {1}",
  "nobody would have to prove who they are by single sign-on":
    "niemand müsste sich über die Einmalanmeldung ausweisen",
  "requesters could approve their own": "wer fragt, könnte die eigene Anfrage freigeben",
  "nobody would have to say who asks": "niemand müsste sagen, wer fragt",
  "Name a field, such as data.environment, subject or source.":
    "Nennen Sie ein Feld, etwa data.environment, subject oder source.",
  "Give a value.": "Geben Sie einen Wert an.",
  "Give one number.": "Geben Sie eine Zahl an.",
  "Give texts, or numbers; not both.": "Geben Sie Texte oder Zahlen an, nicht beides.",
  'This looks at text. Put numbers in double quotes: "5".':
    'Hier wird Text verglichen. Setzen Sie Zahlen in Anführungszeichen: "5".',
  "Another line asks for something inside this field, or around it.":
    "Eine andere Zeile fragt nach etwas in diesem Feld oder um es herum.",
  "Another line asks for this field already, and a pattern asks once. Write the second as an expression.":
    "Eine andere Zeile fragt schon nach diesem Feld, und ein Muster fragt nur einmal. Schreiben Sie das zweite als Ausdruck.",
  "Somebody else signs in with this name.": "Mit diesem Namen meldet sich schon jemand anderes an.",
  "Give the name that you will sign in with.":
    "Geben Sie den Namen an, mit dem Sie sich anmelden werden.",
  "A password has at least {0} characters; this one has {1}.":
    "Ein Passwort hat mindestens {0} Zeichen; dieses hat {1}.",
  "A password has at most {0} characters.": "Ein Passwort hat höchstens {0} Zeichen.",
  "This is easy to guess. Use more different characters, and not your name.":
    "Das ist leicht zu erraten. Nehmen Sie mehr verschiedene Zeichen und nicht Ihren Namen.",
  "another producer is called {0}": "eine andere Quelle heißt schon {0}",
  "expected a letter or digit, then letters, digits, space and . _ -, at most 100 in all":
    "erwartet wird ein Buchstabe oder eine Ziffer, dann Buchstaben, Ziffern, Leerzeichen und . _ -, zusammen höchstens 100",
  "an empty text": "ein leerer Text",
  "{0} is no host; expected host or host:port, such as ci.example":
    "{0} ist kein Host; erwartet wird Host oder Host:Port, etwa ci.example",
  "{0} is no host; expected host or host:port":
    "{0} ist kein Host; erwartet wird Host oder Host:Port",
  "expected the https address of its records, such as https://cmdb.example/app":
    "erwartet wird die https-Adresse ihrer Vorgänge, etwa https://cmdb.example/app",
  "expected a whole address, such as https://ci.example/hooks":
    "erwartet wird eine ganze Adresse, etwa https://ci.example/hooks",
  "expected an address that begins with https://":
    "erwartet wird eine Adresse, die mit https:// beginnt",
  "only port 443 is called, unless the operator lists the host in OUTBOUND_ALLOW":
    "gerufen wird nur Port 443, außer wer den Hub betreibt, nennt den Host in OUTBOUND_ALLOW",
  "it leads to an inside network; the operator can list it in OUTBOUND_ALLOW":
    "sie führt in ein internes Netz; wer den Hub betreibt, kann sie in OUTBOUND_ALLOW nennen",
  "it leads to an address that is never called": "sie führt zu einer Adresse, die nie gerufen wird",
  "only {0} may approve, so {1} approvals can never be met":
    "nur {0} dürfen freigeben, also kommen {1} Zustimmungen nie zusammen",
  '{0} people are called "{1}"; give the e-mail address':
    "{0} Personen heißen „{1}“; geben Sie die E-Mail-Adresse an",
  "nobody can prove a vote by single sign-on here: this hub has no issuer; set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or say click":
    "niemand kann hier eine Stimme durch Single Sign-on nachweisen: Dieser Hub hat keinen Anbieter; setzen Sie OIDC_ISSUER, OIDC_CLIENT_ID und OIDC_CLIENT_SECRET, oder wählen Sie den Klick",
  "a vote is proven by single sign-on on the web page alone; add web":
    "eine Stimme wird durch Single Sign-on nur auf der Webseite nachgewiesen; nehmen Sie sie hinzu",
  '; did you mean "{0}"?': "; meinten Sie „{0}“?",
  'there is no destination "{0}"': "es gibt kein Ziel „{0}“",
  'there is no group "{0}"': "es gibt keine Gruppe „{0}“",
  'there is no person "{0}"': "es gibt keine Person „{0}“",
  'there is no policy "{0}"': "es gibt keine Richtlinie „{0}“",
  'there is no producer "{0}"': "es gibt keine Quelle „{0}“",
  'another rule is called "{0}"': "eine andere Regel heißt schon „{0}“",
  "expected letters, digits, space and # - _ . › /":
    "erwartet werden Buchstaben, Ziffern, Leerzeichen und # - _ . › /",
  'an admin has pinned {0} to the policy "{1}", which no rule changes; name that one or none':
    "ein Admin hat für {0} die Richtlinie „{1}“ festgesetzt, und keine Regel ändert das; nennen Sie diese oder keine",
  "there is no policy called {0}": "es gibt keine Richtlinie {0}",
  "a hub keeps at most {0} types of its own": "ein Hub hat höchstens {0} eigene Typen",
  "it joins alternatives ($or) with further conditions":
    "es verbindet Alternativen ($or) mit weiteren Bedingungen",
  "an alternative in $or is no object": "eine Alternative in $or ist kein Objekt",
  "an alternative in $or asks for more than one thing":
    "eine Alternative in $or fragt nach mehr als einem",
  "alternatives ($or) stand inside a field": "Alternativen ($or) stehen in einem Feld",
  'the field "{0}" has a dot in its name': "das Feld „{0}“ hat einen Punkt im Namen",
  "{0} has no test": "{0} hat keine Prüfung",
  "{0} is tested in more than one way, or in a way that has no line":
    "{0} wird auf mehr als eine Art geprüft, oder auf eine, für die es keine Zeile gibt",
} as const;
