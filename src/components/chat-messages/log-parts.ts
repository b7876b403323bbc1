/** What an open conversation is drawn with: the log and its rows, one chunk. */
import { define } from '../../controllers/chat-element.js';
import { MessageLog } from './message-log.js';
import { MessageRow } from './message-row.js';

export function defineLog(): void {
  define('crm-message-row', MessageRow);
  define('crm-message-log', MessageLog);
}
