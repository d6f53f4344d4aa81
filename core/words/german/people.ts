/** People and groups. */
export const people = {
  "Give the group a name of at most 100 characters.":
    "Geben Sie der Gruppe einen Namen mit höchstens 100 Zeichen.",
  "Another group has this name. Choose another one.":
    "Eine andere Gruppe heißt schon so. Wählen Sie einen anderen Namen.",
  "Policies ask this group ({0}), so it keeps its name and stays. Change them first.":
    "Richtlinien fragen diese Gruppe ({0}), deshalb bleibt sie und behält ihren Namen. Ändern Sie zuerst jene.",
  "Somebody changed this group meanwhile. This is how it stands; nothing was saved.":
    "Jemand hat diese Gruppe inzwischen geändert. So steht sie jetzt; nichts wurde gespeichert.",
  "Somebody of it is gone. Reload the page; nothing was saved.":
    "Jemand daraus ist fort. Laden Sie die Seite neu; nichts wurde gespeichert.",
  "Group {0}": "Gruppe {0}",
  "New group": "Neue Gruppe",
  "{0} · a group is what policies ask: everybody in it may decide.":
    "{0} · Richtlinien fragen Gruppen: Alle darin dürfen entscheiden.",
  "Saved. It holds from now on, also for requests that are open.":
    "Gespeichert. Es gilt ab jetzt, auch für offene Freigaben.",
  Members: "Mitglieder",
  "group: asked by": "gefragt von",
  "no policy asks it": "keine Richtlinie fragt sie",
  "Make the group": "Gruppe anlegen",
  "Remove the group": "Gruppe entfernen",
  "Who belongs to it": "Wer dazugehört",
  suspended: "ausgesetzt",
  "Send this link to {0} in private. It signs in once, within 24 hours, and is shown here alone: {1}":
    "Senden Sie {0} diesen Link vertraulich. Er meldet einmal an, binnen 24 Stunden, und steht nur hier: {1}",
  "{0} is suspended: sessions, keys and links have ended. Votes that were counted stay.":
    "{0} ist ausgesetzt: Sitzungen, Schlüssel und Links sind beendet. Gezählte Stimmen bleiben.",
  "No open request is left without approvers.":
    "Keine offene Freigabe bleibt ohne Personen, die entscheiden können.",
  "Too few people are left to approve these. Put somebody into their group, or cancel them:":
    "Für diese sind zu wenige Personen übrig, um sie freizugeben. Nehmen Sie jemanden in ihre Gruppe auf, oder ziehen Sie sie zurück:",
  "Accounts to confirm": "Konten zu bestätigen",
  "{0} account {1} is to be {2}’s": "Das {0}-Konto {1} soll zu {2} gehören",
  "{0} account {1}, {2} is to be {3}’s": "Das {0}-Konto {1}, {2} soll zu {3} gehören",
  "Ask {0} in person before you confirm.": "Fragen Sie {0} persönlich, bevor Sie bestätigen.",
  "Workspace {0}": "Workspace {0}",
  Confirm: "Bestätigen",
  Refuse: "Ablehnen",
  Suspended: "Ausgesetzt",
  "None yet. A group is what policies ask: everybody in it may decide.":
    "Noch keine. Richtlinien fragen Gruppen: Alle darin dürfen entscheiden.",
  "nobody yet": "noch niemand",
  "workspaces, people, keys, settings": "Workspaces, Personen, Schlüssel, Einstellungen",
  "rules, destinations, redeliveries": "Regeln, Ziele, erneute Zustellungen",
  "sees everything, changes nothing": "sieht alles, ändert nichts",
  "decides what asks them": "entscheidet, wo gefragt",
  "Invite somebody": "Jemanden einladen",
  "E-mail address": "E-Mail-Adresse",
  "Optional. Slack and Teams accounts with the same verified address link at once.":
    "Optional. Konten in Slack und Teams mit derselben bestätigten Adresse werden sofort verknüpft.",
  "Invite and make a sign-in link": "Einladen und Anmeldelink machen",
  "· suspended {0}": "· ausgesetzt {0}",
  Details: "Angaben",
  "Ways in": "Zugang",
  "has a password": "hat ein Passwort",
  "no password: signs in by links": "kein Passwort: meldet sich mit Links an",
  Chat: "Chat",
  "group: none": "keine",
  "Let {0} in again": "{0} wieder einlassen",
  "Make a sign-in link": "Anmeldelink machen",
  Suspend: "Aussetzen",
  "Suspending ends sessions, keys, links and votes at once.":
    "Aussetzen beendet sofort Sitzungen, Schlüssel, Links und Stimmrecht.",
  "People are looked after by people with the role admin.":
    "Um Personen kümmern sich Personen mit der Rolle admin.",
  "It would be a second account in that workspace.":
    "Es wäre ein zweites Konto in jenem Workspace.",
  "The e-mail addresses differ.": "Die E-Mail-Adressen sind verschieden.",
  "No e-mail address shows that both are one person.":
    "Keine E-Mail-Adresse zeigt, dass beide dieselbe Person sind.",
  "Give a name and a whole e-mail address. Nobody was added.":
    "Geben Sie einen Namen und eine vollständige E-Mail-Adresse an. Niemand wurde hinzugefügt.",
  "{0} belongs to somebody else here. Nobody was added.":
    "{0} gehört hier schon jemand anderem. Niemand wurde hinzugefügt.",
  "The account is linked. Its owner presses the button again.":
    "Das Konto ist verknüpft. Wem es gehört, drückt den Knopf noch einmal.",
  "The account is not linked.": "Das Konto ist nicht verknüpft.",
  "The account went to somebody else meanwhile, so nothing was linked.":
    "Das Konto ging inzwischen an jemand anderen, deshalb wurde nichts verknüpft.",
  "That account does not wait any more.": "Dieses Konto wartet nicht mehr.",
  "{0} may come in again.": "{0} darf wieder herein.",
  "A person has a name.": "Eine Person hat einen Namen.",
  "At most 100 characters.": "Höchstens 100 Zeichen.",
  "This is no whole e-mail address.": "Das ist keine vollständige E-Mail-Adresse.",
  "Saved. It holds from now on.": "Gespeichert. Es gilt ab jetzt.",
  "Somebody changed this person meanwhile. This is how it stands; nothing was saved.":
    "Jemand hat diese Person inzwischen geändert. So steht es jetzt; nichts wurde gespeichert.",
  "This address belongs to somebody else here.": "Diese Adresse gehört hier schon jemand anderem.",
  "Nobody else is admin. Give somebody else the role first.":
    "Niemand sonst ist Admin. Geben Sie zuerst jemand anderem die Rolle.",
  "The account is taken away, and {0} is signed out everywhere.":
    "Das Konto ist gelöst, und {0} ist überall abgemeldet.",
  "This account is gone already.": "Dieses Konto ist schon fort.",
  "Take away": "Lösen",
  "Taking one away signs the person out everywhere. An account that comes again is found by its verified e-mail address.":
    "Wird eines gelöst, so ist die Person überall abgemeldet. Ein Konto, das wiederkommt, wird an seiner bestätigten E-Mail-Adresse erkannt.",
  "This person is gone.": "Diese Person ist fort.",
  "Nobody suspends themselves.": "Niemand setzt sich selbst aus.",
  "Nobody else is admin, so nobody was suspended.":
    "Niemand sonst ist Admin, deshalb wurde niemand ausgesetzt.",
} as const;
