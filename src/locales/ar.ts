import type { Strings } from './languages.js';

export const strings: Strings = {};
