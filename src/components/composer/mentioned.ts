import type { ChatStore } from '../../store/chat-store.js';
import { plainLabel } from '../bits/plain-label.js';

/** Ids of the colleagues whom a note names with `@` and their whole name. */
export function mentionedIn(store: ChatStore, content: string): string[] {
  return store.agents.$ids.get().filter((id) => {
    const name = plainLabel(store.agents.get(id)?.name ?? '');
    return name !== '' && mentions(content, name);
  });
}

/** `@Tom` is not in `@Tomás`. */
function mentions(content: string, name: string): boolean {
  const call = `@${name}`;
  for (let at = content.indexOf(call); at >= 0; at = content.indexOf(call, at + 1))
    if (!/^[\p{L}\p{M}\p{N}_]/u.test(content.slice(at + call.length, at + call.length + 2))) return true;
  return false;
}
