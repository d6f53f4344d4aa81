/** What the built-in event types are about. */
export const typesAbout = {
  "Somebody asks for access": "Jemand bittet um Zugang",
  "Access was approved in the access system itself":
    "Der Zugang wurde im Zugangssystem selbst freigegeben",
  "A request for access ran out, or the access that it gave":
    "Eine Bitte um Zugang ist abgelaufen, oder der Zugang, den sie gab",
  "Access was approved, and giving it did not work":
    "Der Zugang wurde freigegeben, ließ sich aber nicht einrichten",
  "Access is in place": "Der Zugang ist eingerichtet",
  "Access was rejected in the access system itself":
    "Der Zugang wurde im Zugangssystem selbst abgelehnt",
  "An approval link was made": "Ein Freigabelink wurde erzeugt",
  "An action of an approval link was used": "Eine Handlung eines Freigabelinks wurde benutzt",
  "An approval link ran out": "Ein Freigabelink ist abgelaufen",
  "Somebody withdrew an approval link by hand":
    "Jemand hat einen Freigabelink von Hand zurückgezogen",
  "A wrong PIN was typed at an approval link":
    "An einem Freigabelink wurde eine falsche PIN eingegeben",
  "An approval link is locked after too many wrong PINs":
    "Ein Freigabelink ist nach zu vielen falschen PINs gesperrt",
  "Somebody asks for an item of the inventory": "Jemand bittet um einen Gegenstand aus dem Bestand",
  "Somebody said yes to an asset request in the inventory itself":
    "Jemand hat eine Bitte um einen Gegenstand im Bestand selbst freigegeben",
  "Somebody said no to an asset request in the inventory itself":
    "Jemand hat eine Bitte um einen Gegenstand im Bestand selbst abgelehnt",
  "The item of an asset request was given out": "Der erbetene Gegenstand wurde ausgegeben",
  "Somebody writes a message on an asset request":
    "Jemand schreibt eine Nachricht zu einer Bitte um einen Gegenstand",
  "A device gets a user": "Ein Gerät bekommt eine Person",
  "The warranty of a device ends soon": "Die Garantie eines Geräts endet bald",
  "A software licence ends soon": "Eine Softwarelizenz endet bald",
  "A software licence has to be renewed soon": "Eine Softwarelizenz ist bald zu erneuern",
  "A paper is made out by which equipment goes from one person to another":
    "Ein Übergabeprotokoll für Geräte wird ausgestellt",
  "A lent device has to come back": "Ein geliehenes Gerät muss zurück",
  "The app was removed from a workspace, or its access there is dead":
    "Die App wurde aus einem Workspace entfernt, oder ihr Zugang dort gilt nicht mehr",
  "A client secret of the operator's runs out soon, or has run out":
    "Ein Client-Geheimnis läuft bald ab oder ist abgelaufen",
  "Nothing arrives at a destination any more": "An einem Ziel kommt nichts mehr an",
  "Somebody tests a destination: it goes there, and nowhere else":
    "Jemand testet ein Ziel: es geht dorthin und nirgends sonst hin",
  "A chat account was linked to a person, whose votes it gives from now on":
    "Ein Chat-Konto wurde mit einer Person verknüpft und stimmt von nun an für sie",
  "A producer was not told how its request ended":
    "Einer Quelle wurde nicht gemeldet, wie ihre Freigabe endete",
  "A request is open, and its cards are on their way":
    "Eine Freigabe ist offen, ihre Karten sind unterwegs",
  "The policy of a request is met": "Die Richtlinie einer Freigabe ist erfüllt",
  "As many people rejected a request as its policy takes for a no":
    "So viele haben abgelehnt, wie die Richtlinie für ein Nein verlangt",
  "The deadline of a request passed": "Die Frist einer Freigabe ist verstrichen",
  "The requester, the producer or an admin withdrew a request":
    "Wer fragte, die Quelle oder ein Admin hat eine Freigabe zurückgezogen",
  "Somebody typed a wrong PIN": "Jemand hat eine falsche PIN eingegeben",
  "A request is locked after too many wrong proofs":
    "Eine Freigabe ist nach zu vielen falschen Nachweisen gesperrt",
  "The producer reports that what was approved is done":
    "Die Quelle meldet, dass das Freigegebene ausgeführt ist",
  "The producer reports that the access is in place":
    "Die Quelle meldet, dass der Zugang eingerichtet ist",
  "The producer reports that what was approved did not work":
    "Die Quelle meldet, dass das Freigegebene fehlgeschlagen ist",
  "The producer reports that the thing was handed over":
    "Die Quelle meldet, dass die Sache übergeben ist",
  "Somebody took an approval back": "Jemand hat eine Freigabe widerrufen",
  "A planned report is ready": "Ein geplanter Bericht ist fertig",
  "Reading a data source broke off": "Das Lesen einer Datenquelle brach ab",
  "A new member was invited": "Ein neues Mitglied wurde eingeladen",
  "A threshold was crossed": "Ein Schwellenwert wurde überschritten",
  "An account was switched off": "Ein Konto wurde abgeschaltet",
  "A record goes from one state to another": "Ein Datensatz wechselt seinen Stand",
  "Somebody adds a comment or a log entry to a record":
    "Jemand fügt einem Datensatz einen Kommentar oder Eintrag hinzu",
} as const;
