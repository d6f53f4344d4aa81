/** What a change of the rules does: preview, backtest, versions. */
export const ruleEffects = {
  "What would have happened? The last events are planned again under these rules, and compared with what was planned when they came. Nothing is sent and nothing is saved.":
    "Was wäre geschehen? Die letzten Ereignisse werden unter diesen Regeln noch einmal geplant und mit dem Plan verglichen, den sie bei ihrer Ankunft bekamen. Nichts wird gesendet, nichts gespeichert.",
  "Rules, as a version of them is written in JSON": "Regeln, geschrieben wie eine Version in JSON",
  "The rules in force stand here; change what you want to try. A long set is tried with {0}.":
    "Hier stehen die Regeln, die in Kraft sind; ändern Sie, was Sie ausprobieren wollen. Viele Regeln prüft man mit {0}.",
  "How many of the last events": "Wie viele der letzten Ereignisse",
  "Run the backtest": "Rückschau starten",
  "{0} events planned again": "{0} Ereignisse noch einmal geplant",
  "{0} s · nothing was sent": "{0} s · nichts wurde gesendet",
  "None would go elsewhere.": "Keines ginge anderswohin.",
  "{0} would go elsewhere.": "{0} gingen anderswohin.",
  "Unrouted: {0} were, {1} would be.": "Ohne Ziel: {0} waren es, {1} wären es.",
  "Messages to": "Nachrichten an",
  Were: "Waren",
  "Would be": "Wären",
  same: "gleich",
  "Went to": "Gingen an",
  "Would go to": "Gingen nun an",
  "None of the one event would move.": "Das eine Ereignis ginge nicht anderswohin.",
  "None of the {0} would move.": "Keines der {0} ginge anderswohin.",
  "{0} of {1} would move, and a weaker policy would decide them.":
    "{0} von {1} gingen anderswohin, und eine schwächere Richtlinie entschiede über sie.",
  "{0} of {1} would move, and a weaker policy would decide {2}.":
    "{0} von {1} gingen anderswohin, und über {2} davon entschiede eine schwächere Richtlinie.",
  "{0} of {1} would move.": "{0} von {1} gingen anderswohin.",
  "{0} of {1} would move, and no rule would take them.":
    "{0} von {1} gingen anderswohin, und keine Regel nähme sie.",
  "{0} of {1} would move, and no rule would take {2}.":
    "{0} von {1} gingen anderswohin, und {2} davon nähme keine Regel.",
  "One would become unrouted, and there is no fallback: nobody would see it.":
    "Eines wäre ohne Ziel, und es gibt kein Ersatzziel: Niemand sähe es.",
  "{0} would become unrouted, and there is no fallback: nobody would see it.":
    "{0} wären ohne Ziel, und es gibt kein Ersatzziel: Niemand sähe sie.",
  "One would become unrouted and go to the fallback {0}.":
    "Eines wäre ohne Ziel und ginge an das Ersatzziel {0}.",
  "{0} would become unrouted and go to the fallback {1}.":
    "{0} wären ohne Ziel und gingen an das Ersatzziel {1}.",
  "“{0}” takes none of them: “{1}” stands before it, takes all and ends the walk. Move it up, or let that rule continue.":
    "„{0}“ nimmt keines davon: „{1}“ steht davor, nimmt alle und beendet den Durchgang. Stellen Sie die Regel weiter nach oben, oder lassen Sie die andere weitergehen.",
  "“{0}” takes none of them: “{1}” stands before it, takes {2} and ends the walk. Move it up, or let that rule continue.":
    "„{0}“ nimmt keines davon: „{1}“ steht davor, nimmt {2} und beendet den Durchgang. Stellen Sie die Regel weiter nach oben, oder lassen Sie die andere weitergehen.",
  "“{0}” takes none of them: its conditions hold for none.":
    "„{0}“ nimmt keines davon: Ihre Bedingungen treffen auf keines zu.",
  "Nothing of the rules is otherwise.": "An den Regeln ist nichts anders.",
  added: "hinzugefügt",
  removed: "entfernt",
  changed: "geändert",
  "{0} rules differ in all.": "Insgesamt unterscheiden sich {0} Regeln.",
  reordered: "umgestellt",
  "in another order": "in anderer Reihenfolge",
  "Now:": "Jetzt:",
  "goes to": "geht an",
  "afterwards: then": "danach",
  continues: "geht weiter",
  stops: "hält an",
  "Draft against live": "Der Entwurf und was in Kraft ist",
  "Name an event type, and its last events stand here: where they go now, and where this draft would send them.":
    "Nennen Sie einen Ereignistyp, dann stehen hier seine letzten Ereignisse: wohin sie jetzt gehen und wohin dieser Entwurf sie sendete.",
  "The draft cannot be tried yet.": "Der Entwurf lässt sich noch nicht ausprobieren.",
  "now → with your change": "jetzt → mit Ihrer Änderung",
  "None has come that is still kept, so there is nothing to compare. The rule can be saved all the same.":
    "Keines wird noch aufbewahrt, also gibt es nichts zu vergleichen. Die Regel lässt sich trotzdem speichern.",
  "None came among the last {0} events. The rule can be saved all the same.":
    "Unter den letzten {0} Ereignissen war keines. Die Regel lässt sich trotzdem speichern.",
  "{0} more, all the same": "{0} weitere, alle gleich",
  "{0} more, {1} of them move": "{0} weitere, {1} davon gehen anderswohin",
  "No {0} event": "Kein Ereignis {0}",
  "Last 1 {0} event": "Das letzte Ereignis {0}",
  "Last {0} {1} events": "Die letzten {0} Ereignisse {1}",
  Now: "Jetzt",
  "With your change": "Mit Ihrer Änderung",
  "moves to": "geht nun an",
  "nobody is asked": "niemand wird gefragt",
  "Versions of the rules": "Versionen der Regeln",
  "Version {0} says what version {1} said.": "Version {0} sagt, was Version {1} sagte.",
  "The next event goes by it.": "Sie gilt für das nächste Ereignis.",
  "Nothing has been saved yet.": "Es wurde noch nichts gespeichert.",
  "Go to the rules": "Zu den Regeln",
  "in force": "in Kraft",
  "1 rule": "1 Regel",
  "{0} rules": "{0} Regeln",
  "Back to version {0}": "Zurück zu Version {0}",
  "Show the versions": "Versionen zeigen",
  "The rules have changed meanwhile": "Die Regeln haben sich inzwischen geändert",
  "{0} saved version {1} after you opened the page. Nothing was changed by you.":
    "{0} hat Version {1} gespeichert, nachdem Sie die Seite geöffnet hatten. Sie haben nichts geändert.",
  "Look at the versions as they are now.": "Sehen Sie die Versionen an, wie sie jetzt sind.",
  "That version cannot be brought back": "Diese Version lässt sich nicht zurückholen",
  "What it names has gone or was pinned since. Make the change in the editor.":
    "Was sie nennt, ist seitdem fort oder durch eine feste Richtlinie gebunden. Machen Sie die Änderung im Editor.",
  "how many": "wie viele",
  "give a number from 1 to 100000": "geben Sie eine Zahl von 1 bis 100000 an",
} as const;
