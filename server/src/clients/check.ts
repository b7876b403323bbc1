/** What agents type about a client, checked in words they can act on. */
import type { ClientData } from '../../../src/contract/index.js';
import { Refusal } from '../refusal.js';

export function checkClientData(data: { [K in keyof ClientData]?: ClientData[K] | undefined }, path: string): void {
  const refuse = (field: keyof ClientData, words: string) => {
    throw new Refusal('BAD_PAYLOAD', words, { field: `${path}${field}` });
  };
  const { email, phone } = data;
  if (email) {
    if (!email.includes('@')) refuse('email', 'An e-mail address has an @ in it.');
    if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))
      refuse('email', 'Write the whole address, such as name@example.com.');
  }
  if (phone) {
    if (/[^\d\s()+./-]/.test(phone)) refuse('phone', 'Use only digits, spaces and + ( ) - in a phone number.');
    const digits = phone.replace(/\D/g, '').length;
    if (digits < 6) refuse('phone', `At least six digits, you wrote ${digits}.`);
    if (digits > 15) refuse('phone', `At most fifteen digits, you wrote ${digits}.`);
  }
}
