import { msg } from '@lit/localize';
import type { Client, Conversation, Prospect } from '../../contract/index.js';
import { clientIdOf, contactName, ownName } from '../bits/contact-name.js';
import { plainLabel } from '../bits/plain-label.js';
import { zonedClock } from '../bits/moments.js';

/** What is known of the person at the other end, put together from conversation, prospect and client record. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  /** Has a name of its own, and not only a number: then there are initials. */
  readonly named: boolean;
  readonly isClient: boolean;
  readonly since: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  /** A name on a social network. */
  readonly handle: string | undefined;
}

export function contactOf(
  conversation: Conversation,
  prospect: Prospect | undefined,
  client: Client | undefined,
): Contact {
  const by = (type: Prospect['identifierType']) =>
    prospect?.identifierType === type ? prospect.identifier : undefined;
  const shown = (value: string | undefined) => value && plainLabel(value);
  return {
    id: conversation.prospectId,
    name: contactName(prospect, client) || msg('Unknown contact'),
    named: ownName(prospect, client) !== '',
    isClient: clientIdOf(conversation, prospect) !== undefined || isConverted(conversation, prospect),
    since: client?.createdAt ?? prospect?.createdAt,
    phone: shown(client?.phone || prospect?.phone || by('phone')),
    email: shown(client?.email || prospect?.email || by('email')),
    handle: by('social'),
  };
}

const isConverted = (conversation: Conversation, prospect: Prospect | undefined) =>
  conversation.isClientConverted || prospect?.isClient === true;

/** `pt, en` as words; whatever is not a language tag is words already. */
export function languageWords(language: string, locale: string | undefined): string {
  const tags = language.split(/[,;]\s*/u);
  if (!tags.every((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(tag))) return language;
  try {
    const names = new Intl.DisplayNames(locale, { type: 'language' });
    return tags.map((tag) => names.of(tag) ?? tag).join(', ');
  } catch {
    return language;
  }
}

/** What the clock on the contact's wall says; undefined for a time zone nobody knows. */
export function localTime(timezone: string, now: number, locale: string | undefined): string | undefined {
  try {
    return zonedClock(now, timezone, locale);
  } catch {
    return undefined;
  }
}
