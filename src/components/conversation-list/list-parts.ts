/** What the list is filled with: the rows, and what stands in their place when there are none. One chunk. */
import { define } from '../../controllers/chat-element.js';
import { faces } from '../bits/faces.styles.js';
import { CrmConversationRow } from './conversation-row.js';
import { rowStyles } from './rows.styles.js';

export { clientIdOf, contactName } from '../bits/contact-name.js';
export * from './list-states.js';
export { TypeAhead } from './type-ahead.js';
/** What the rows look like, in the order of their sheets. */
export const partStyles = [faces, rowStyles];

export function defineRows(): void {
  define('crm-conversation-row', CrmConversationRow);
}
