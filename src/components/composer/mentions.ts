/** `@` in a note: the members of the team. */
import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { Agent } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { teamAvatar } from '../bits/avatar.js';
import { plainLabel } from '../bits/plain-label.js';
import type { OpenPopup } from './writing.js';
import { folded, SuggestionList, type Source, type Suggestion } from './suggestions.js';

export const open: OpenPopup = (writing, closed, trigger) => {
  const { store } = writing;
  if (!store) throw new Error('There is no store that knows the team.');
  const me = store.$me.get();
  const team = () =>
    store.agents.$ids
      .get()
      .map((id) => store.agents.get(id))
      .filter((agent) => agent !== undefined && agent.id !== me) as Agent[];
  const source: Source<Agent> = {
    part: 'mentions',
    label: () => msg('Team'),
    heading: (query) => (query ? msg(str`Team members for “${query}”`) : msg('Team')),
    load: async () => ({ ok: true, data: (await known(store), team()) }),
    find(agents, query) {
      const word = folded(query);
      const starts = (name: string) =>
        folded(name)
          .split(/\s+/u)
          .some((part) => part.startsWith(word));
      return agents
        .filter(({ name }) => starts(name))
        .sort((one, other) => one.name.localeCompare(other.name))
        .map(({ id, name }): Suggestion => ({
          id,
          text: `@${plainLabel(name)} `,
          line: html`${teamAvatar(name, 20)}<span class="cut"
              ><b><bdi>${plainLabel(name)}</bdi></b></span
            >`,
        }));
    },
    nothing: (query) => msg(str`Nobody in the team is called “${query}”.`),
  };
  return new SuggestionList(writing, source, trigger, closed);
};

/** The team is asked for with every connection; somebody may be faster. */
function known({ agents }: ChatStore): Promise<void> | undefined {
  if (agents.size > 0) return undefined;
  return new Promise((resolve) => {
    const stop = agents.$ids.listen((ids) => {
      if (ids.length === 0) return;
      stop();
      resolve();
    });
  });
}
