/** npm entry `crm-chat-elements/locales`: adding languages and replacing single texts. */
export { addLanguage, loadLanguage, replaceStrings } from './languages.js';
export type { LanguageModule, Strings, Wording } from './languages.js';
