/** Which panels an inbox has, and in which order. */
export type PanelName = 'list' | 'messages' | 'client';

const ALL: readonly PanelName[] = ['list', 'messages', 'client'];
const isPanel = (name: string): name is PanelName => (ALL as readonly string[]).includes(name);
const warned = new Set<string>();

/** `"messages client"` → both, in that order. What is no panel is left out with one warning; nothing left means all. */
export function panelOrder(wished: string | undefined): readonly PanelName[] {
  const names = (wished ?? '').split(/[\s,]+/).filter(Boolean);
  for (const name of names) {
    if (isPanel(name) || warned.has(name)) continue;
    warned.add(name);
    console.warn(`<crm-chat panels>: there is no panel "${name}"; there are ${ALL.join(', ')}.`);
  }
  const known = [...new Set(names.filter(isPanel))];
  return known.length > 0 ? known : ALL;
}

/** What can be seen in a box for one panel. */
export function panelOnTop(order: readonly PanelName[], active: string | null, contactOnTop: boolean): PanelName {
  const wished: readonly PanelName[] =
    active === null ? ['list', 'messages'] : contactOnTop ? ['client', 'messages'] : ['messages', 'client', 'list'];
  return wished.find((name) => order.includes(name)) ?? order[0] ?? 'list';
}
