/** The people and the bot of the sandbox: when they type, what they answer, and that they write first now and then. */
import { and, eq, sql } from 'drizzle-orm';
import { readChatSettings } from '../chat-settings.js';
import { at } from '../conversations/change.js';
import type { Core, Said } from '../core.js';
import { conversations, messages, prospects } from '../database/schema.js';
import { bankOf } from '../demo/banks.js';
import { DEMO_TENANT } from '../demo/people.js';
import type { PhraseBank } from '../demo/script.js';
import { receiveDeletion, receiveEdit, receiveReaction } from '../messages/contact-changes.js';
import { receiveMessage, sayAsBot } from '../messages/receive.js';
import type { Customers } from '../realtime/customer-gateway.js';
import type { Presence } from '../realtime/presence.js';
import type { Timers } from './timers.js';

export interface Cast {
  /** An agent wrote: the customer types and answers. */
  agentSpoke(tenantId: string, message: Said<'new_message'>): void;
  /** A customer wrote: the bot answers where it is switched on. */
  customerSpoke(tenantId: string, message: Said<'new_message'>): void;
  /** From now on somebody writes every now and then. */
  live(): void;
}

interface Person {
  tenantId: string;
  conversationId: string;
  prospectId: string;
  name: string | null;
  bank: PhraseBank;
}

/** Fewer agents' messages than this wait for an answer at a time: a crowd would be noise. */
const ANSWERING_MAX = 20;
const SIGNS = ['👍', '❤️', '🙏'];

export function createCast(core: Core, timers: Timers, presence: Presence, customers: Customers | undefined): Cast {
  const answering = new Set<string>();
  const pick = <T>(items: readonly T[]): T => items[Math.floor(core.world.random() * items.length)]!;

  async function find(tenantId: string, conversationId: string): Promise<Person | undefined> {
    const [row] = await core.db
      .select({ prospectId: prospects.id, name: prospects.name, language: prospects.language })
      .from(conversations)
      .innerJoin(
        prospects,
        and(eq(prospects.tenantId, conversations.tenantId), eq(prospects.id, conversations.prospectId)),
      )
      .where(at({ tenantId, conversationId }));
    return row && { tenantId, conversationId, prospectId: row.prospectId, name: row.name, bank: bankOf(row.language) };
  }

  const types = (person: Person, isTyping: boolean) =>
    presence.customerTypes({
      tenantId: person.tenantId,
      conversationId: person.conversationId,
      senderId: person.prospectId,
      isTyping,
      ...(person.name !== null && { name: person.name }),
    });

  /** Types for a while, then says it. */
  async function say(
    person: Person,
    content: string,
    done: () => void,
    then?: (messageId: string) => void,
  ): Promise<void> {
    await types(person, true);
    timers.soon(1500, 4000, async () => {
      done();
      await types(person, false);
      if (customers?.isHere(person.conversationId)) return;
      const { id } = await receiveMessage(core, { ...person, content });
      then?.(id);
    });
  }

  async function writeFirst(): Promise<void> {
    const [row] = await core.db
      .select({ id: conversations.id })
      .from(conversations)
      .where(and(eq(conversations.tenantId, DEMO_TENANT), eq(conversations.status, 'active')))
      .orderBy(sql`${conversations.lastActivity} desc`)
      .offset(Math.floor(core.world.random() * 30))
      .limit(1);
    const person = row && (await find(DEMO_TENANT, row.id));
    if (!person || customers?.isHere(person.conversationId)) return;
    const content = pick(person.bank.openers);
    await say(
      person,
      content,
      () => {},
      (messageId) => thinkAgain(person, messageId, content),
    );
  }

  /** Now and then somebody corrects what they have just said, takes it back, or answers the team with a sign. */
  function thinkAgain(person: Person, messageId: string, content: string): void {
    const which = { tenantId: person.tenantId, conversationId: person.conversationId, messageId };
    const chance = core.world.random();
    if (chance < 0.15)
      timers.soon(4000, 9000, async () => void (await receiveEdit(core, { ...which, content: `${content} 🙏` })));
    else if (chance < 0.2) timers.soon(4000, 9000, async () => void (await receiveDeletion(core, which)));
    else if (chance < 0.4) timers.soon(2000, 6000, () => react(person));
  }

  async function react({ tenantId, conversationId }: Person): Promise<void> {
    const [last] = await core.db
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.tenantId, tenantId),
          eq(messages.conversationId, conversationId),
          eq(messages.senderType, 'agent'),
          eq(messages.visibility, 'public'),
        ),
      )
      .orderBy(sql`${messages.seq} desc`)
      .limit(1);
    if (last) await receiveReaction(core, { tenantId, conversationId, messageId: last.id, emoji: pick(SIGNS) });
  }

  return {
    agentSpoke(tenantId, { conversationId }) {
      if (answering.has(conversationId) || answering.size >= ANSWERING_MAX) return;
      answering.add(conversationId);
      const done = () => answering.delete(conversationId);
      timers.soon(2500, 6000, async () => {
        const person = await find(tenantId, conversationId).catch(() => undefined);
        if (!person || customers?.isHere(conversationId)) done();
        else await say(person, pick(person.bank.answers), done).catch(done);
      });
    },
    customerSpoke(tenantId, { conversationId, seq }) {
      timers.soon(800, 2000, async () => {
        const person = await find(tenantId, conversationId);
        const [row] = await core.db.select().from(conversations).where(at({ tenantId, conversationId }));
        if (!person || !row) return;
        const switchedOn = row.botEnabled ?? (await readChatSettings(core.db, tenantId)).value.botEnabled;
        // Somebody has answered meanwhile, or the customer goes on: the bot answers the last of it, once.
        if (!switchedOn || row.lastSeq !== seq) return;
        await sayAsBot(core, { tenantId, conversationId, content: pick(person.bank.bot) });
      });
    },
    live() {
      timers.soon(25_000, 60_000, async () => {
        this.live();
        await writeFirst();
      });
    },
  };
}
