import { play, type PhraseBank } from '../script.js';

export const sv: PhraseBank = {
  days: ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag'],
  dialogues: play(`
c: Hej! Bygger ni små kök också?
a: Hej och tack för att du hör av dig. Ja, hälften av våra kök är små.
a: Kan du skicka en bild och ungefärliga mått?
c[photo]: Så här ser det ut idag
c: Ungefär {size}
a: Tack, då ritar jag ett första förslag.

a: Vi kan komma och mäta på {day} klockan {time}. Passar det?
c: {day} passar bra
a: Då säger vi det. Det tar ungefär fyrtio minuter.
c: Behöver jag tömma skåpen?
a: Bara under diskhon.

a: Offerten är klar: {price} med luckor, bänkskiva och montering.
a[file Offert {quote}.pdf]: 
c: Tack, vi pratar om det ikväll
c: Ingår rivningen av det gamla köket?
a: Ja, rivning och bortforsling ingår.
c: Då kör vi 👍

c: Vet ni när leveransen kommer?
a: På {day} mellan 8 och 10.
c: Jag är hemma då
a: Chauffören ringer en halvtimme innan.

c: En lucka tar i väggen
a: Det är en snabb justering. Vi kommer förbi på {day}.
c: Tack, ingen brådska
a: Klart, och lådan bredvid går lättare nu.
`),
  openers: ['Hej, en snabb fråga om leveransen', 'Är showroomet öppet på lördag?', 'Vi tar den ljusare eken ändå'],
  answers: [
    'Tack, det hjälper',
    'Perfekt, då gör vi så',
    'Hur lång tid tar det?',
    'Jag pratar med familjen och återkommer',
  ],
  bot: [
    'Tack för ditt meddelande. En kollega svarar under öppettiderna.',
    'Showroomet är öppet måndag till fredag 9–18 och lördag 10–16. Ska jag boka ett besök?',
  ],
};
