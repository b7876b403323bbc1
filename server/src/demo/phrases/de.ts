import { play, type PhraseBank } from '../script.js';

export const de: PhraseBank = {
  days: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'],
  dialogues: play(`
c: Guten Tag, Freunde haben Sie uns empfohlen. Bauen Sie auch kleine Küchen?
a: Guten Tag und danke für Ihre Nachricht. Ja, gut die Hälfte unserer Küchen ist klein.
a: Könnten Sie ein Foto vom Raum und die ungefähren Maße schicken?
c[photo]: So sieht es heute aus
c: Etwa {size}, ein Fenster
a: Das ist ein guter Grundriss. Ich mache Ihnen einen ersten Vorschlag.

c: Was kosten Eichenfronten im Vergleich zu lackierten?
a: Ungefähr {n}00 Euro mehr pro Meter, weil das Furnier über alle Türen durchläuft.
c: Und die Pflege?
a: Ein feuchtes Tuch, einmal im Jahr Öl. Das Öl bringen wir mit.
c: Das schaffe ich

a: Unser Monteur könnte am {day} um {time} Uhr zum Aufmaß kommen. Passt das?
c: {day} passt, aber bitte klingeln Sie bei Weber
a: Notiert. Er braucht etwa vierzig Minuten.
c: Muss ich etwas ausräumen?
a: Nur den Unterschrank unter der Spüle.
c: In Ordnung, bis dann

a: Das Angebot ist fertig: {price} mit Fronten, Arbeitsplatte und Montage.
a[file Angebot {quote}.pdf]: Angebot {quote}, dreißig Tage gültig
c: Danke. Ist der Abbau der alten Küche dabei?
a: Ja, Abbau und Entsorgung sind enthalten.
c: Dann sprechen wir heute Abend darüber

c: Könnte der Backofen etwas höher sitzen?
a: Gern, auf Augenhöhe ist kein Problem. Ich ändere den Plan.
a[file Grundriss-rev3.pdf]: Hier die neue Zeichnung
c: Sieht sehr gut aus
c: Dann bestellen wir

a: Die Anzahlung von {deposit} ist da, vielen Dank. Jetzt dauert es {weeks} Wochen.
c: Melden Sie sich vor der Lieferung?
a: Ja, eine Woche vorher und am Tag selbst eine halbe Stunde vorher.
c: Prima

c: Gibt es etwas Neues zur Lieferung?
a: Ja, am {day} zwischen 8 und 10 Uhr.
c: Da bin ich zu Hause
c[voice 14]: 
a: Danke, der Aufzug ist kein Problem. Das längste Teil misst 2,28 m und geht über die Treppe.

c: Eine Tür streift am Kühlschrank
a: Das Scharnier lässt sich begrenzen, das sind zehn Minuten. {day} um {time} Uhr?
c: Passt, es ist den ganzen Tag jemand da
a: Erledigt. Die Schublade daneben läuft jetzt auch leichter.

c: Auf der Rechnung {invoice} steht noch die alte Adresse
a: Entschuldigung, das korrigiere ich heute.
a[file Rechnung {invoice}.pdf]: Hier mit der neuen Adresse
c: Danke, ist überwiesen
`),
  openers: [
    'Guten Tag, eine kurze Frage zum Liefertermin',
    'Hat der Showroom am Samstag offen?',
    'Wir haben uns doch für die hellere Eiche entschieden',
    'Könnten Sie mir die Zeichnung noch einmal schicken?',
    'Könnte mich heute Nachmittag jemand zurückrufen?',
    'Wir haben nachgemessen, es sind zwei Zentimeter weniger',
  ],
  answers: [
    'Danke, das hilft mir weiter',
    'Sehr gut, dann machen wir es so',
    'Und wie lange dauert das ungefähr?',
    'Ich bespreche das zu Hause und melde mich',
    'Danke für die schnelle Antwort 👍',
    'Ginge es auch etwas früher?',
  ],
  bot: [
    'Danke für Ihre Nachricht. Ich habe sie weitergegeben, ein Kollege antwortet zu den Öffnungszeiten.',
    'Unser Showroom ist Montag bis Freitag von 9 bis 18 Uhr und am Samstag von 10 bis 16 Uhr offen. Soll ich einen Termin eintragen?',
  ],
};
