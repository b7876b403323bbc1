import { msg, str } from '@lit/localize';
import type { Client, ClientData, Prospect } from '../../contract/index.js';

/** The fields of a client, as the agent types them: never undefined, so that nothing typed is lost. */
export type FieldValues = Record<FieldName, string>;
export type FieldName = 'firstName' | 'lastName' | 'email' | 'phone' | 'company';
export type FieldErrors = Partial<Record<FieldName, string>>;

interface Field {
  readonly name: FieldName;
  readonly label: () => string;
  readonly type: 'text' | 'email' | 'tel';
  /** What the browser may offer. The contact is not the agent: most offers would be wrong. */
  readonly inputMode: 'text' | 'email' | 'tel';
  /** What is wrong, in words, or undefined. */
  readonly check: (value: string) => string | undefined;
}

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

const COUNTED: readonly (() => string)[] = [
  () => msg('none'),
  () => msg('one'),
  () => msg('two'),
  () => msg('three'),
  () => msg('four'),
  () => msg('five'),
  () => msg('six'),
];
const inWords = (count: number) => COUNTED[count]?.() ?? String(count);

/** The shape of an address: something, an at sign, a domain with a dot, no blanks. Only the mail itself proves more. */
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u;

function checkEmail(email: string): string | undefined {
  if (!email || EMAIL.test(email)) return undefined;
  if (!email.includes('@')) return msg('An email address has an @, this one has none');
  return msg('An email address looks like name@example.com');
}

function checkPhone(phone: string): string | undefined {
  if (!phone) return undefined;
  const stranger = /[^\d\s+().\-/]/u.exec(phone);
  if (stranger) return msg(str`Only digits, spaces and + - ( ), you wrote “${stranger[0]}”`);
  const digits = phone.replace(/\D/gu, '').length;
  if (digits >= MIN_DIGITS && digits <= MAX_DIGITS) return undefined;
  return msg(str`Seven to fifteen digits, you wrote ${inWords(digits)}`);
}

export const FIELDS: readonly Field[] = [
  {
    name: 'firstName',
    label: () => msg('First name'),
    type: 'text',
    inputMode: 'text',
    check: (name) => (name ? undefined : msg('A first name is needed')),
  },
  { name: 'lastName', label: () => msg('Last name'), type: 'text', inputMode: 'text', check: () => undefined },
  { name: 'email', label: () => msg('Email'), type: 'email', inputMode: 'email', check: checkEmail },
  { name: 'phone', label: () => msg('Phone'), type: 'tel', inputMode: 'tel', check: checkPhone },
  { name: 'company', label: () => msg('Company'), type: 'text', inputMode: 'text', check: () => undefined },
];

export const fieldErrors = (values: FieldValues): FieldErrors =>
  Object.fromEntries(
    FIELDS.flatMap(({ name, check }) => {
      const wrong = check(values[name].trim());
      return wrong ? [[name, wrong]] : [];
    }),
  );

export function isFieldName(name: string | undefined): name is FieldName {
  return FIELDS.some((field) => field.name === name);
}

/** A server names the field as a path (`clientData.email`): its last step is ours. */
export function fieldOf(path: string | undefined): FieldName | undefined {
  const last = path?.split(/[./[\]]/u).findLast(Boolean);
  return isFieldName(last) ? last : undefined;
}

/** What is known of a prospect, in the fields of a client: the first word is the first name, the rest the last. */
export function valuesOfProspect(prospect: Prospect): FieldValues {
  const [firstName = '', ...rest] = (prospect.name ?? '').trim().split(/\s+/u);
  const { identifier, identifierType } = prospect;
  return {
    firstName,
    lastName: rest.join(' '),
    email: prospect.email ?? (identifierType === 'email' ? identifier : ''),
    phone: prospect.phone ?? (identifierType === 'phone' ? identifier : ''),
    company: '',
  };
}

export const valuesOfClient = ({ firstName, lastName, email, phone, company }: Client): FieldValues => ({
  firstName,
  lastName,
  email,
  phone,
  company: company ?? '',
});

/** What is sent. An empty company is no company. */
export function dataOf(values: FieldValues): ClientData {
  const trimmed = {
    firstName: values.firstName.trim(),
    lastName: values.lastName.trim(),
    email: values.email.trim(),
    phone: values.phone.trim(),
  };
  const company = values.company.trim();
  return company ? { ...trimmed, company } : trimmed;
}

/** Only what the agent changed. A company that was emptied is sent as empty, or it would stay. */
export function patchOf(before: Client, values: FieldValues): Partial<ClientData> {
  const known = valuesOfClient(before);
  return Object.fromEntries(
    FIELDS.filter(({ name }) => values[name].trim() !== known[name]).map(({ name }) => [name, values[name].trim()]),
  );
}
