/**
 * Keyboard shortcuts: which there are, which key each one has now, and whether a key press means one. They act only while
 * the focus is inside the element. Alt is never part of one: on many keyboards it types letters.
 */
import { msg } from '@lit/localize';
import { outwards } from './locale.js';
import { isPlainKey, isTextField } from './plain-keys.js';

/** What a shortcut does. */
export type ShortcutAction = 'next' | 'previous' | 'search' | 'reply' | 'note' | 'help';

/**
 * Keys of a host's own. `false` or `'off'` switches all off; in the map, `false` switches one off, and what is not named keeps its
 * default. A key is what `KeyboardEvent.key` calls it, alone (`'j'`, `'/'`) or behind `Ctrl+`, `Meta+` or `Shift+`.
 * Keys alone do nothing while the agent is writing.
 *
 * @example chat.shortcuts = { reply: 'Enter', search: 'Ctrl+k', next: false };
 */
export type Shortcuts = false | 'off' | { readonly [Action in ShortcutAction]?: string | false | undefined };

/** One shortcut as it is now. */
export interface Shortcut {
  action: ShortcutAction;
  /** As in {@link Shortcuts}. */
  key: string;
  /** What it does, in the agent's language. */
  label: string;
}

const KNOWN: Readonly<Record<ShortcutAction, { key: string; label: () => string }>> = {
  next: { key: 'j', label: () => msg('Next conversation') },
  previous: { key: 'k', label: () => msg('Previous conversation') },
  search: { key: '/', label: () => msg('Search') },
  reply: { key: 'r', label: () => msg('Reply') },
  note: { key: 'n', label: () => msg('Team note') },
  help: { key: '?', label: () => msg('Keyboard shortcuts') },
};
const ALL = Object.keys(KNOWN) as ShortcutAction[];

/** An element's own keys, else those of the nearest inbox or provider around it. Of texts only `off` means something. */
export function shortcutsFor(element: Element): Shortcuts | undefined {
  for (let at: Element | undefined = element; at; at = outwards(at)) {
    // Other elements may have `shortcuts` too, and mean something else.
    const own = 'shortcutList' in at ? (at as { shortcuts?: Shortcuts | null }).shortcuts : undefined;
    if (own === 'off' || own === false) return false;
    if (own && typeof own === 'object') return own;
  }
  return undefined;
}

function keyOf(action: ShortcutAction, shortcuts: Shortcuts | undefined): string | undefined {
  if (shortcuts === false || shortcuts === 'off') return undefined;
  const key = shortcuts?.[action] ?? (shortcuts?.[action] === false ? undefined : KNOWN[action].key);
  return key && !/(^|\+)Alt\+/i.test(key) ? key : undefined;
}

/** The shortcuts that act now, in the order of the table above. */
export const shortcutsNow = (shortcuts: Shortcuts | undefined, actions: readonly ShortcutAction[] = ALL): Shortcut[] =>
  actions.flatMap((action) => {
    const key = keyOf(action, shortcuts);
    return key ? [{ action, key, label: KNOWN[action].label() }] : [];
  });

function isPressed(event: KeyboardEvent, binding: string): boolean {
  const [, chord = '', key = ''] = /^((?:(?:Ctrl|Meta|Shift)\+)*)(.+)$/i.exec(binding) ?? [];
  const held = (name: string) => new RegExp(name, 'i').test(chord);
  if (event.key.toLowerCase() !== key.toLowerCase()) return false;
  if (event.ctrlKey !== held('Ctrl') || event.metaKey !== held('Meta')) return false;
  // Which signs need Shift is the keyboard's affair; letters are the same on all.
  return event.shiftKey === held('Shift') || !/^\p{L}$/u.test(key);
}

/** What this key press asks for, or undefined. */
export function shortcutOf(event: KeyboardEvent, shortcuts: Shortcuts | undefined): ShortcutAction | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.getModifierState('AltGraph'))
    return undefined;
  if (isPlainKey(event) && isTextField(event)) return undefined;
  return ALL.find((action) => {
    const key = keyOf(action, shortcuts);
    return key !== undefined && isPressed(event, key);
  });
}
