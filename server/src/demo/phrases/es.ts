import { play, type PhraseBank } from '../script.js';

export const es: PhraseBank = {
  days: ['el lunes', 'el martes', 'el miércoles', 'el jueves', 'el viernes'],
  dialogues: play(`
c: Hola, ¿hacen también cocinas pequeñas?
a: Hola, gracias por escribir. Sí, la mitad de las que hacemos son pequeñas.
a: ¿Podría enviarnos una foto y las medidas aproximadas?
c[photo]: Así está ahora
c: Son unos {size}
a: Muy bien, con eso preparo una primera idea.

c: ¿Cuánto más cuestan los frentes de roble que los lacados?
a: Unos {n}00 euros más por metro, porque la veta continúa de puerta a puerta.
c: ¿Y se mancha mucho?
a: No, va aceitado. Un paño húmedo y aceite una vez al año.
c: Perfecto

a: Buenos días, podemos ir a medir {day} a las {time}. ¿Le viene bien?
c: Sí, pero que llamen antes, por el perro 😄
a: Por supuesto. Son unos cuarenta minutos.
c: De acuerdo

a: El presupuesto está listo: {price} con frentes, encimera y montaje.
a[file Presupuesto {quote}.pdf]: 
c: Gracias, lo miramos esta noche
c: ¿Retirar la cocina vieja está incluido?
a: Sí, la retirada y el transporte entran en el precio.

c[voice 31]: 
a: Gracias por el mensaje. Sí, el horno puede ir a la altura de los ojos sin coste.
c: ¡Qué bien!
a: Le mando hoy el plano nuevo.

c: ¿Se sabe algo de la entrega?
a: Sí, {day} entre las 8 y las 10.
c: Estaré en casa, gracias
a: El conductor llama media hora antes.

c: La bisagra de la puerta alta hace ruido
a: Es un ajuste pequeño. ¿Le viene bien {day} a las {time}?
c: Sí, gracias
a: Ya está, y hemos engrasado también las guías.
`),
  openers: [
    'Hola, una pregunta rápida sobre la entrega',
    '¿El showroom abre el sábado?',
    'Al final nos quedamos con el roble claro',
    '¿Me pueden enviar otra vez el plano?',
    'Hemos vuelto a medir y faltan dos centímetros',
  ],
  answers: [
    'Gracias, me ayuda mucho',
    'Perfecto, quedamos así',
    '¿Y cuánto tarda, más o menos?',
    'Lo hablo en casa y le digo',
    'Gracias por contestar tan rápido 👍',
  ],
  bot: [
    'Gracias por su mensaje. Queda anotado y un compañero le responde en horario de apertura.',
    'El showroom abre de lunes a viernes de 9 a 18 y los sábados de 10 a 16. ¿Le reservo una visita?',
  ],
};
