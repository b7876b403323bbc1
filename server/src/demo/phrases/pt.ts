import { play, type PhraseBank } from '../script.js';

export const pt: PhraseBank = {
  days: ['segunda', 'terça', 'quarta', 'quinta', 'sexta'],
  dialogues: play(`
c: Boa tarde, vi uma cozinha vossa no Instagram. Também fazem projetos pequenos?
a: Boa tarde, e obrigada pelo contacto. Sim, metade do que fazemos são cozinhas pequenas.
a: Pode enviar uma fotografia e as medidas aproximadas?
c[photo]: É assim que está hoje
c: Tem mais ou menos {size}
a: Ótimo, já dá para fazer uma primeira proposta.

c: As frentes em carvalho são muito mais caras do que as lacadas?
a: Cerca de {n} centenas de euros a mais por metro, porque o veio é combinado de porta para porta.
c: E é difícil de manter?
a: Não, basta um pano húmido e óleo uma vez por ano.
c: Assim está bem 😊

a: Bom dia, o nosso técnico pode ir tirar medidas na {day} às {time}. Dá-lhe jeito?
c: Na {day} sim, mas só depois das nove
a: Então fica às {time}. Demora uns quarenta minutos.
c: Preciso de esvaziar os armários?
a: Só o espaço debaixo do lava-loiça.
c: Perfeito, até lá

a: O orçamento está pronto: {price}, com frentes, bancada e montagem.
a[file Orcamento {quote}.pdf]: 
c: Obrigado. Vou falar em casa e digo alguma coisa
a: Com certeza. O orçamento é válido por 30 dias.
c: A remoção da cozinha antiga está incluída?
a: Sim, remoção e transporte estão no preço.

c[voice 23]: 
a: Obrigada pela mensagem. Sim, podemos subir o forno para a altura dos olhos.
c: Que bom, as costas agradecem 😅
a[file planta-rev2.pdf]: Aqui está o desenho novo
c: Está ótimo, podemos avançar

a: O sinal de {deposit} chegou, obrigada. A partir de agora são {weeks} semanas.
c: Muito bem. Avisam antes da entrega?
a: Sim, na semana anterior e outra vez no próprio dia, meia hora antes.
c: Combinado

c: Há novidades sobre a entrega?
a: Sim, está marcada para {day}, entre as 8 e as 10.
c: De manhã estou em casa, obrigado
a: O motorista liga meia hora antes.

c: Uma das portas bate na parede quando abre
a: Resolve-se num instante, a dobradiça tem um limitador. Passamos aí na {day}.
c: Obrigada, sem pressa
a: Já ficou feito, e aproveitámos para afinar a gaveta ao lado.
`),
  openers: [
    'Boa tarde, tenho uma pergunta rápida sobre a entrega',
    'O showroom está aberto no sábado?',
    'Decidimos ficar com o carvalho mais claro',
    'Podiam enviar-me outra vez o desenho?',
    'Medimos de novo e faltam dois centímetros',
    'Alguém me pode ligar hoje à tarde?',
  ],
  answers: [
    'Obrigada, ajuda muito',
    'Perfeito, fica combinado',
    'Ótimo! E quanto tempo demora?',
    'Vou falar em casa e já digo alguma coisa',
    'Obrigado pela resposta rápida 👍',
    'Dá para ser um pouco mais cedo?',
  ],
  bot: [
    'Obrigado pela mensagem. Já ficou registada e um colega responde dentro do horário.',
    'O showroom está aberto de segunda a sexta das 9 às 18 e ao sábado das 10 às 16. Quer marcar uma visita?',
  ],
};
