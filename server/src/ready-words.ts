/** The words a tenant keeps ready: the demo's studio has some, other tenants have none and are not told of any. */
import type { QuickReply, Template } from '../../src/contract/index.js';
import { DEMO_TENANT } from './demo/people.js';
import { DEMO_QUICK_REPLIES, DEMO_TEMPLATES } from './demo/ready-words.js';

export const keepsWords = (tenantId: string): boolean => tenantId === DEMO_TENANT;

export const templatesOf = (tenantId: string, platform: string): Template[] =>
  keepsWords(tenantId) ? DEMO_TEMPLATES.filter((one) => one.platform === platform) : [];

export const quickRepliesOf = (tenantId: string): QuickReply[] => (keepsWords(tenantId) ? [...DEMO_QUICK_REPLIES] : []);
