/** The phrase banks by language. */
import { en } from './phrases/en.js';
import type { PhraseBank } from './script.js';

const BANKS: Readonly<Record<string, PhraseBank>> = { en };

export const bankOf = (language: string | null | undefined): PhraseBank => BANKS[language ?? 'en'] ?? en;
