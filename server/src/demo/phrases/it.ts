import { play, type PhraseBank } from '../script.js';

export const it: PhraseBank = {
  days: ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì'],
  dialogues: play(`
c: Buongiorno, fate anche cucine piccole?
a: Buongiorno e grazie del messaggio. Sì, metà delle nostre cucine sono piccole.
a: Può mandarci una foto e le misure indicative?
c[photo]: Ecco com’è adesso
c: Circa {size}
a: Perfetto, preparo una prima idea.

c: Il piano in quarzite quanto costa in più?
a: Circa {n}00 euro al metro rispetto al laminato.
c: E si macchia?
a: È trattata, olio e vino si tolgono con un panno umido.
c: Bene, allora la vorrei vedere dal vivo
a: Volentieri, in showroom abbiamo tre campioni grandi.

a: Possiamo venire a misurare {day} alle {time}. Va bene?
c: Sì, va benissimo
a: Ci vogliono circa quaranta minuti.
c: A {day} allora

a: Il preventivo è pronto: {price} con frontali, piano e montaggio.
a[file Preventivo {quote}.pdf]: 
c: Grazie, ne parliamo stasera
c: Lo smontaggio della vecchia è compreso?
a: Sì, smontaggio e smaltimento sono compresi.

c: Ci sono novità sulla consegna?
a: Sì, {day} tra le 8 e le 10.
c[voice 16]: 
a: Nessun problema per le scale, il pezzo più lungo è di 2,28 m.
c: Ottimo, grazie 🙏

c: Un’anta tocca il muro quando si apre
a: È una regolazione di dieci minuti. Passiamo {day} alle {time}?
c: Sì grazie
a: Fatto, e abbiamo sistemato anche il cassetto.
`),
  openers: [
    'Buongiorno, una domanda veloce sulla consegna',
    'Lo showroom è aperto sabato?',
    'Alla fine prendiamo il rovere chiaro',
    'Potete rimandarmi il disegno?',
  ],
  answers: [
    'Grazie, mi aiuta molto',
    'Perfetto, facciamo così',
    'E quanto tempo ci vuole?',
    'Ne parlo a casa e le faccio sapere',
  ],
  bot: [
    'Grazie del messaggio. L’ho annotato, un collega risponde in orario di apertura.',
    'Lo showroom è aperto da lunedì a venerdì dalle 9 alle 18 e il sabato dalle 10 alle 16. Prenoto una visita?',
  ],
};
