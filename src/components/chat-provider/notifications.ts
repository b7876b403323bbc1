/** Tells the agent of new messages outside the panels: page title, app badge, sound, desktop. Only what the host asked for. */
import { msg, str } from '@lit/localize';
import type { Conversation } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { contactName } from '../bits/contact-name.js';
import { plainLabel } from '../bits/plain-label.js';
import { previewOf } from '../bits/preview.js';
import { CrmNotifyEvent, CrmSoundBlockedEvent } from '../events.js';

export type NotifyWish = 'title' | 'badge' | 'sound' | 'desktop';

const OWN_COUNT = /^\(\d+\+?\) /;
/** Conversations that are looked through for news: they come newest first. */
const LOOKED_THROUGH = 50;

/** The page's title with the count in front of it, and without it again. */
function showInTitle(count: number): void {
  const bare = document.title.replace(OWN_COUNT, '');
  const wished = count > 0 ? `(${count > 99 ? '99+' : count}) ${bare}` : bare;
  if (document.title !== wished) document.title = wished;
}

function showOnBadge(count: number): void {
  const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  void done?.catch(() => undefined); // not an installed app
}

/** Two short tones. A browser lets a page sound only after a gesture in it. */
class Chime {
  #context: AudioContext | undefined;

  /** Called at each gesture inside the element, until sound is allowed. */
  unlock = (): void => {
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  };

  /** False when the browser does not let it sound. */
  play(): boolean {
    const context = this.#context;
    if (context?.state !== 'running') return false;
    for (const [pitch, delay] of [
      [660, 0],
      [880, 0.12],
    ] as const) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const at = context.currentTime + delay;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.08, at);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.25);
    }
    return true;
  }

  close(): void {
    void this.#context?.close().catch(() => undefined);
  }
}

/**
 * Finds messages of customers that were not there before: by what was seen of each conversation already, never by the time
 * they say, which may lie in the future.
 */
class News {
  /** The newest message that was seen of each conversation. */
  readonly #seen = new Map<string, { id: string; seq: number | undefined }>();
  /** Of a conversation that comes up later, only what is newer than everything in the list when it was first seen. */
  #since = 0;
  #begun = false;

  take(store: ChatStore): Conversation[] {
    const ids = store.conversations.$ids.get();
    // The list is told up to a frame after the inbox: seen too early, everything in it would be news.
    if (ids.length !== store.conversations.size) return [];
    const now = Date.now();
    let newest = this.#since;
    const fresh: Conversation[] = [];
    for (const id of ids.slice(0, LOOKED_THROUGH)) {
      const conversation = store.conversations.get(id);
      const last = conversation?.lastMessage;
      if (!conversation || !last) continue;
      const seen = this.#seen.get(id);
      this.#seen.set(id, { id: last.id, seq: last.seq });
      const at = Date.parse(last.timestamp);
      newest = Math.max(newest, Math.min(at, now));
      const isNews = seen ? isAfter(last, seen) : at > this.#since;
      if (isNews && last.senderType === 'prospect' && conversation.unreadCount > 0) fresh.push(conversation);
    }
    this.#since = newest;
    const begun = this.#begun;
    this.#begun ||= store.$inbox.get().ready;
    return begun ? fresh : [];
  }
}

/** Another one, and no older one that came up because the newest was taken away. */
function isAfter(last: { id: string; seq?: number }, seen: { id: string; seq: number | undefined }): boolean {
  return last.id !== seen.id && (last.seq === undefined || seen.seq === undefined || last.seq > seen.seq);
}

/** Starts telling. Returns the way to stop; it leaves the title and the badge as they were. */
export function startNotifications(store: ChatStore, host: HTMLElement, wishes: ReadonlySet<NotifyWish>): () => void {
  const chime = new Chime();
  const news = new News();
  const gestures = ['pointerdown', 'keydown'];
  if (wishes.has('sound')) for (const one of gestures) host.addEventListener(one, chime.unlock, { capture: true });

  const ring = () => {
    if (!chime.play()) host.dispatchEvent(new CrmSoundBlockedEvent({}));
  };
  /** What customers wrote must not stand on the desktop when the agent has gone. */
  const notes = new Set<Notification>();
  const sweep = () => {
    for (const note of notes) note.close();
    notes.clear();
  };
  const post = (title: string, body: string, conversationId: string) => {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    const note = new Notification(title, { body, tag: `crm-chat:${conversationId}` });
    notes.add(note);
    note.addEventListener('close', () => notes.delete(note));
    note.addEventListener('click', () => {
      window.focus();
      store.setActiveConversation(conversationId);
      note.close();
    });
  };
  const tell = async (conversation: Conversation) => {
    const { id, lastMessage, prospectId } = conversation;
    if (!lastMessage) return;
    // One for an agent, however many tabs are open.
    if (!(await store.claim(`notify:${lastMessage.id}`))) return;
    const name = contactName(store.prospects.get(prospectId), undefined) || msg('Unknown contact');
    const title = msg(str`New message from ${name}`);
    // Outside the page nothing keeps marks of direction to themselves.
    const body = plainLabel(previewOf(lastMessage).text);
    const detail = { conversationId: id, messageId: lastMessage.id, title, body };
    if (!host.dispatchEvent(new CrmNotifyEvent(detail))) return;
    const wanted = store.$settings.get()?.notifications;
    if (wishes.has('sound') && wanted?.sound !== false) ring();
    // Who looks at the page sees the message arrive.
    if (wishes.has('desktop') && wanted?.desktop !== false && document.visibilityState === 'hidden')
      post(title, detail.body, id);
  };
  const look = () => {
    const unread = store.$unreadTotal.get();
    if (wishes.has('title')) showInTitle(unread);
    if (wishes.has('badge')) showOnBadge(unread);
    for (const conversation of news.take(store)) void tell(conversation);
  };
  const stops = [
    store.$unreadTotal.listen(look),
    store.$inbox.subscribe(look),
    store.conversations.$ids.listen(look),
    store.$me.listen((me) => me === undefined && sweep()),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const one of gestures) host.removeEventListener(one, chime.unlock, { capture: true });
    if (wishes.has('title')) showInTitle(0);
    if (wishes.has('badge')) showOnBadge(0);
    chime.close();
  };
}
