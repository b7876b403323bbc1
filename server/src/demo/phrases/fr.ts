import { play, type PhraseBank } from '../script.js';

export const fr: PhraseBank = {
  days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
  dialogues: play(`
c: Bonjour, faites-vous aussi des petites cuisines ?
a: Bonjour et merci pour votre message. Oui, la moitié de nos cuisines sont petites.
a: Pourriez-vous nous envoyer une photo et les dimensions approximatives ?
c[photo]: Voilà la pièce aujourd’hui
c: Environ {size}
a: Merci, je vous prépare une première idée.

c: Les façades en chêne coûtent-elles beaucoup plus cher ?
a: Environ {n}00 euros de plus au mètre, parce que le veinage se suit d’une porte à l’autre.
c: Et l’entretien ?
a: Un chiffon humide, et de l’huile une fois par an.
c: Très bien

a: Nous pouvons venir prendre les mesures {day} à {time}. Cela vous convient ?
c: {day} c’est parfait
a: C’est noté. Comptez quarante minutes.
c: Faut-il vider les placards ?
a: Seulement celui sous l’évier.

a: Le devis est prêt : {price} avec façades, plan de travail et pose.
a[file Devis {quote}.pdf]: 
c: Merci, nous en parlons ce soir
c: La dépose de l’ancienne cuisine est-elle comprise ?
a: Oui, dépose et évacuation sont dans le prix.
c: Alors c’est d’accord 🙂

c[voice 27]: 
a: Merci pour le message. Oui, le four peut être placé plus haut, sans supplément.
a[file plan-rev2.pdf]: Voici le nouveau plan
c: C’est exactement ce que je voulais

c: Avez-vous des nouvelles de la livraison ?
a: Oui, {day} entre 8 h et 10 h.
c: Je serai à la maison
a: Le chauffeur appelle une demi-heure avant.

c: Un tiroir grince un peu
a: C’est un petit réglage. Nous passons {day} à {time} ?
c: Oui, merci beaucoup
a: C’est fait, il coule à nouveau sans bruit.
`),
  openers: [
    'Bonjour, une petite question sur la livraison',
    'Le showroom est-il ouvert samedi ?',
    'Finalement nous prenons le chêne clair',
    'Pourriez-vous me renvoyer le plan ?',
    'Nous avons remesuré, il manque deux centimètres',
  ],
  answers: [
    'Merci, cela m’aide beaucoup',
    'Parfait, faisons comme ça',
    'Et combien de temps faut-il compter ?',
    'J’en parle à la maison et je vous redis',
    'Merci pour la réponse rapide 👍',
  ],
  bot: [
    'Merci pour votre message. Il est noté, un collègue vous répond pendant les heures d’ouverture.',
    'Le showroom est ouvert du lundi au vendredi de 9 h à 18 h et le samedi de 10 h à 16 h. Souhaitez-vous un rendez-vous ?',
  ],
};
