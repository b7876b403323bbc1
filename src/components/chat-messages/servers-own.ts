/** Which addresses lead to the server itself. Only those are asked for without the agent's own click. */
import type { ReadableAtom } from 'nanostores';
import type { ChatStore } from '../../store/chat-store.js';

type Read = <T>(atom: ReadableAtom<T>) => T;

/**
 * Is it an address of the server: of where `connectSocket` leads (of the page where it leads nowhere else), or of where
 * the server takes uploads. Everything else may be a stranger's, who must not learn that it was read, or from where.
 *
 * @param read how to read what is known of the server; while rendering, the element's own way
 */
export function isServers(
  url: string,
  { $server, $features }: Pick<ChatStore, '$server' | '$features'>,
  read: Read = (atom) => atom.get(),
): boolean {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return false;
  const base = read($server) ?? location.href;
  const { endpoint } = read($features).uploads ?? {};
  const { origin } = new URL(url);
  return [base, endpoint].some(
    (known) => known !== undefined && URL.canParse(known, base) && new URL(known, base).origin === origin,
  );
}
