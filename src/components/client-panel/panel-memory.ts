/** Which sections an agent left open or closed, kept in this browser. A browser that keeps nothing only forgets. */
export type SectionId = 'details' | 'notes' | 'quotes' | 'tags' | 'previous';

const keyOf = (agent: string) => `crm-chat:panel:${agent}`;

/** What the agent chose; a section that is not named is open. */
export function recallSections(agent: string): Partial<Record<SectionId, boolean>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(agent)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

export function rememberSections(agent: string, open: Partial<Record<SectionId, boolean>>): void {
  try {
    localStorage.setItem(keyOf(agent), JSON.stringify(open));
  } catch {
    // Private windows and sandboxed frames refuse: the panel works all the same.
  }
}
