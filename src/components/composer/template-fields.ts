/** What a template becomes: its variables, what is known of them, and the words that are sent. */
import { msg, str } from '@lit/localize';
import type { Template } from '../../contract/index.js';
import { placeholders, fillIn, type Values } from './variables.js';

/** How templates of different makers call what we know. */
const KNOWN_AS: Readonly<Record<string, string>> = {
  name: 'contact.name',
  contactname: 'contact.name',
  fullname: 'contact.name',
  customername: 'contact.name',
  firstname: 'contact.firstName',
  agent: 'agent.name',
  agentname: 'agent.name',
  company: 'company',
  companyname: 'company',
};

/** The names to be filled in, each once: those the template tells, and any it forgot to tell. */
export function variablesOf({ variables, header, body, footer }: Template): string[] {
  return [...new Set([...variables, ...[header, body, footer].flatMap((text) => placeholders(text ?? ''))])];
}

export function prefilled(names: readonly string[], known: Values): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, known[name] || known[KNOWN_AS[name.toLowerCase().replace(/[_-]/g, '')] ?? ''] || '']),
  );
}

/** What the contact gets. Empty values stay as they are called, so that the preview shows what is missing. */
export function templateText({ header, body, footer }: Template, values: Values): string {
  return [header, body, footer]
    .filter(Boolean)
    .map((text) => fillIn(text!, values))
    .join('\n\n');
}

/** A variable as its field calls it; WhatsApp's own are numbers. */
export function fieldName(name: string): string {
  if (/^\d+$/.test(name)) return msg(str`Value ${name}`);
  return name.replace(/[_.-]+/g, ' ').trim() || name;
}
