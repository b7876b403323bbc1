import type { Message } from '../../store/state.js';

/** The text when it is one http address and nothing else: servers without metadata send files so. */
export const onlyAddress = (text: string): string | undefined =>
  text.length < 4000 && /^https?:\/\/\S+$/iu.test(text.trim()) ? text.trim() : undefined;

/** What was written beside a picture or file; an address or the file's own name says nothing. */
export function caption(message: Message): string {
  const text = message.content.trim();
  return onlyAddress(text) || text === message.metadata?.fileName ? '' : text;
}
