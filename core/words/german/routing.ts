/** The list of rules. */
export const routing = {
  "Add rule": "Regel hinzufügen",
  "Version {0}": "Version {0}",
  "{0}, saved by {1}, {2}. An event is shown to the rules from top to bottom. The first that matches takes it and ends the walk, unless it says that the walk continues.":
    "{0}, gespeichert von {1}, {2}. Ein Ereignis wird den Regeln von oben nach unten vorgelegt. Die erste, die passt, nimmt es und beendet den Durchgang, es sei denn, sie lässt ihn weitergehen.",
  "“{0}” is saved as version {1}.": "„{0}“ ist als Version {1} gespeichert.",
  "The next event goes by it; what came before keeps the plan that it got.":
    "Sie gilt für das nächste Ereignis; was vorher kam, behält seinen Plan.",
  Rules: "Regeln",
  Versions: "Versionen",
  Backtest: "Rückschau",
  "There is no rule yet.": "Es gibt noch keine Regel.",
  "Add the first rule": "Die erste Regel hinzufügen",
  "Events are kept, and go nowhere.": "Ereignisse werden aufbewahrt und gehen nirgendwohin.",
  "Every event goes to the fallback, {0}.": "Jedes Ereignis geht an das Ersatzziel {0}.",
  "No rule says that.": "Keine Regel sagt das.",
  "Show all rules": "Alle Regeln zeigen",
  "Looked for “{0}” in names, types, places and policies.":
    "Gesucht wurde „{0}“ in Namen, Typen, Zielen und Richtlinien.",
  "Find a rule": "Eine Regel finden",
  "name, type, place or policy": "Name, Typ, Ziel oder Richtlinie",
  "Earlier rules": "Frühere Regeln",
  "Later rules": "Spätere Regeln",
  "{0} to {1} of {2}": "{0} bis {1} von {2}",
  Fallback: "Ersatzziel",
  "everything that no rule took": "alles, was keine Regel nahm",
  "nowhere: such events are kept and listed as unrouted":
    "nirgendwohin: solche Ereignisse werden aufbewahrt und als „ohne Ziel“ gelistet",
  "always last": "zuletzt",
  "Fallback destination": "Ersatzziel",
  nowhere: "nirgendwohin",
  "No event is unrouted: a rule took every one that is kept.":
    "Kein Ereignis ist ohne Ziel: Jedes aufbewahrte nahm eine Regel.",
  "{0} came that no rule took.": "{0} kamen, die keine Regel nahm.",
  "{0} or more events": "{0} oder mehr Ereignisse",
  "1 event": "1 Ereignis",
  "{0} events": "{0} Ereignisse",
  "Open one and press “Route this…” to make a rule for its kind.":
    "Öffnen Sie eines und drücken Sie „Dafür eine Regel …“, um für diese Art eine Regel zu machen.",
} as const;
