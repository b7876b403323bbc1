import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Client, Prospect } from '../../contract/index.js';
import { plainLabel } from '../bits/plain-label.js';
import { languageWords, localTime, type Contact } from './contact.js';

export interface DetailRow {
  readonly label: string;
  readonly value: TemplateResult;
}

interface Around {
  readonly channel: string;
  readonly owner: string | undefined;
  readonly locale: string | undefined;
  readonly now: number;
}

/** What is known, one line each; what is not known, or stands above already, is not shown. */
export function detailRows(
  prospect: Prospect | undefined,
  client: Client | undefined,
  contact: Contact,
  { channel, owner, locale, now }: Around,
): DetailRow[] {
  const { timezone, language } = prospect ?? {};
  const shownAbove = new Set([contact.email, contact.phone]);
  const other = (value: string | undefined) => (shownAbove.has(value && plainLabel(value)) ? undefined : value);
  const rows: [string, string | undefined][] = [
    [channel, contact.handle],
    // The client record may name another address than the one the contact writes from.
    [msg('Email'), other(prospect?.email ?? (prospect?.identifierType === 'email' ? prospect.identifier : undefined))],
    [msg('Phone'), other(prospect?.phone ?? (prospect?.identifierType === 'phone' ? prospect.identifier : undefined))],
    [msg('Company'), client?.company],
    [msg('Location'), prospect?.location],
    [msg('Local time'), timezone && localTime(timezone, now, locale)],
    [msg('Language'), language && languageWords(language, locale)],
    [msg('Found us'), prospect?.source],
    [msg('Owner'), owner],
  ];
  return rows.flatMap(([label, value]) =>
    value ? [{ label, value: html`<bdi dir="auto">${plainLabel(value)}</bdi>` }] : [],
  );
}
