/** What the team keeps ready: quick replies and templates, asked for when somebody wants them and once in a connection. */
import type { QuickReply, Template } from '../contract/index.js';
import type { Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { Outcome } from './state.js';

const NONE = { ok: true, data: [] } as const;

export class Phrasebook {
  readonly #state: ChatState;
  readonly #asking: Asking;
  #quickReplies: readonly QuickReply[] | undefined;
  readonly #templates = new Map<string, readonly Template[]>();

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
    // Another connection may be to another server, and words change: it asks anew.
    state.$link.listen(({ status }) => {
      if (status === 'online') return;
      this.#quickReplies = undefined;
      this.#templates.clear();
    });
  }

  async quickReplies(): Promise<Outcome<readonly QuickReply[]>> {
    if (this.#quickReplies) return { ok: true, data: this.#quickReplies };
    if (!this.#state.$features.get().quick_replies) return NONE;
    const answer = await this.#asking.ask('load_quick_replies', {});
    if (!answer.ok) return answer;
    this.#quickReplies = answer.data.quickReplies;
    return { ok: true, data: this.#quickReplies };
  }

  async templates(platform: string): Promise<Outcome<readonly Template[]>> {
    const known = this.#templates.get(platform);
    if (known) return { ok: true, data: known };
    if (!this.#state.$features.get().templates) return NONE;
    const answer = await this.#asking.ask('load_templates', { platform });
    if (!answer.ok) return answer;
    this.#templates.set(platform, answer.data.templates);
    return { ok: true, data: answer.data.templates };
  }
}
