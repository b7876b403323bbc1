/** The words a tenant keeps ready: the demo's studio has some, other tenants have none and are not told of any. */
import type { QuickReply, Template } from '../../src/contract/index.js';
import { DEMO_TENANT } from './demo/people.js';
import { DEMO_QUICK_REPLIES, DEMO_TEMPLATES } from './demo/ready-words.js';

export const keepsWords = (tenantId: string): boolean => tenantId === DEMO_TENANT;

export const templatesOf = (tenantId: string, platform: string): Template[] =>
  keepsWords(tenantId) ? DEMO_TEMPLATES.filter((one) => one.platform === platform) : [];

/** As in the panels: what stands between the braces is a name of letters, numbers, dots and dashes. */
const PLACEHOLDER = /\{\{\s*([\w.-]{1,100})\s*\}\}/gu;

/** What a template says with these values, as the panels send it; undefined where one is missing. */
export function wordsOf(
  { header, body, footer }: Pick<Template, 'header' | 'body' | 'footer'>,
  values: Readonly<Record<string, string>>,
): string | undefined {
  let isWhole = true;
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name]!.trim() : '';
      isWhole &&= value !== '';
      return value || whole;
    });
  const words = [header, body, footer].flatMap((text) => (text ? fill(text) : [])).join('\n\n');
  return isWhole ? words : undefined;
}

export const quickRepliesOf = (tenantId: string): QuickReply[] => (keepsWords(tenantId) ? [...DEMO_QUICK_REPLIES] : []);
