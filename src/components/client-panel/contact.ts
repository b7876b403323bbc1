import { msg } from '@lit/localize';
import type { Client, Conversation, Prospect } from '../../contract/index.js';

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
  const fullName = [client?.firstName, client?.lastName].filter(Boolean).join(' ').trim() || prospect?.name;
  const by = (type: Prospect['identifierType']) =>
    prospect?.identifierType === type ? prospect.identifier : undefined;
  return {
    id: conversation.prospectId,
    name: fullName || prospect?.identifier || msg('Unknown contact'),
    named: !!fullName,
    isClient: clientIdOf(conversation, prospect) !== undefined || isConverted(conversation, prospect),
    since: client?.createdAt ?? prospect?.createdAt,
    phone: client?.phone || prospect?.phone || by('phone'),
    email: client?.email || prospect?.email || by('email'),
    handle: by('social'),
  };
}

export const clientIdOf = (conversation: Conversation, prospect: Prospect | undefined): string | undefined =>
  prospect?.clientId ?? conversation.clientId;

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
    return new Intl.DateTimeFormat(locale, { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(now);
  } catch {
    return undefined;
  }
}
