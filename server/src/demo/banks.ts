/** The phrase banks by language. */
import { ar } from './phrases/ar.js';
import { de } from './phrases/de.js';
import { en } from './phrases/en.js';
import { es } from './phrases/es.js';
import { fr } from './phrases/fr.js';
import { it } from './phrases/it.js';
import { ja } from './phrases/ja.js';
import { pt } from './phrases/pt.js';
import { sv } from './phrases/sv.js';
import type { PhraseBank } from './script.js';

const BANKS: Readonly<Record<string, PhraseBank>> = { ar, de, en, es, fr, it, ja, pt, sv };

export const bankOf = (language: string | null | undefined): PhraseBank => BANKS[language ?? 'en'] ?? en;
