import { Later } from '../../controllers/later.js';
import type { Refusal, WindowAfter } from './refusal-words.js';

/** Most inboxes never need these words: they come with the first refusal. */
const code = new Later(() => import('./refusal-words.js'));

/** While rendering: what happened and the way on; empty when nothing did, or until the words are here. */
export const whyNot = (refusal: Refusal | undefined, host: { requestUpdate(): void }, after?: WindowAfter): string =>
  (refusal && code.want(host)?.refusalWords(refusal, after)) ?? '';

/** The same, for what is said once. Empty when the words do not come. */
export const sayWhyNot = async (refusal: Refusal | undefined, after?: WindowAfter): Promise<string> =>
  (refusal && (await code.load())?.refusalWords(refusal, after)) ?? '';
