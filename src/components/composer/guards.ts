/** What is asked about before a message leaves. The agent may overrule it: they know better. */
import { msg, str } from '@lit/localize';
import { unresolved } from './variables.js';

/** Why the message is held, in words; undefined when nothing stands against it. */
export function guard(content: string): string | undefined {
  const placeholder = unresolved(content);
  return placeholder && msg(str`${placeholder} is not filled in.`);
}
