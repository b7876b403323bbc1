/** The words that the demo's studio keeps ready: quick replies, and templates that channels have approved. */
import type { QuickReply, Template } from '../../../src/contract/index.js';

const reply = (shortcut: string, title: string, content: string): QuickReply => ({
  id: `quick-${shortcut}`,
  shortcut,
  title,
  content,
});

export const DEMO_QUICK_REPLIES: readonly QuickReply[] = [
  reply(
    'hello',
    'Greeting',
    'Hi {{contact.firstName}}, {{agent.firstName}} from Northlight Studio here. How can I help?',
  ),
  reply('hours', 'Opening hours', 'We are open Monday to Friday from 9 to 18, and on Saturday from 10 to 16.'),
  reply(
    'measure',
    'Measuring visit',
    'Thank you, {{contact.firstName}}. May we come by and measure? It takes about an hour.',
  ),
  reply(
    'ola',
    'Saudação (português)',
    'Olá {{contact.firstName}}, aqui é {{agent.firstName}} da Northlight Studio. Como posso ajudar?',
  ),
  reply(
    'hola',
    'Saludo (español)',
    'Hola {{contact.firstName}}, soy {{agent.firstName}} de Northlight Studio. ¿En qué puedo ayudarle?',
  ),
  reply(
    'hallo',
    'Begrüßung (Deutsch)',
    'Guten Tag {{contact.name}}, hier ist {{agent.name}} von Northlight Studio. Wie kann ich helfen?',
  ),
  reply(
    'bonjour',
    'Accueil (français)',
    'Bonjour {{contact.name}}, ici {{agent.firstName}} de Northlight Studio. Comment puis-je vous aider ?',
  ),
];

const template = (name: string, language: string, body: string, variables: string[]): Template => ({
  id: `${name}-${language}`,
  name,
  platform: 'whatsapp',
  language,
  category: 'utility',
  body,
  footer: 'Northlight Studio',
  variables,
});

export const DEMO_TEMPLATES: readonly Template[] = [
  template('follow_up', 'en', 'Hello {{name}}, we have news about {{subject}}. May we write to you here?', [
    'name',
    'subject',
  ]),
  template('follow_up', 'pt', 'Olá {{name}}, temos novidades sobre {{subject}}. Podemos escrever-lhe por aqui?', [
    'name',
    'subject',
  ]),
  template('follow_up', 'es', 'Hola {{name}}, tenemos novedades sobre {{subject}}. ¿Podemos escribirle por aquí?', [
    'name',
    'subject',
  ]),
  template('appointment', 'en', 'Hello {{name}}, your measuring visit is on {{day}} at {{time}}.', [
    'name',
    'day',
    'time',
  ]),
  template('appointment', 'de', 'Guten Tag {{name}}, Ihr Aufmaß ist am {{day}} um {{time}}.', ['name', 'day', 'time']),
];
