import { expect } from '@open-wc/testing';
import { atom } from 'nanostores';
import type { ChatStore } from '../../store/chat-store.js';
import { attachedTo, hasAttached, setAttached, type Attached } from './attached.js';

const plan: Attached = { blob: new Blob(['plan']), name: 'plan.txt', type: 'text/plain' };

describe('files that wait in the reply field', () => {
  it('stay with their conversation, and go when another agent signs in', () => {
    const $me = atom<string | undefined>('marta');
    const store = { $me } as unknown as ChatStore;
    setAttached(store, 'one', [plan]);
    expect(attachedTo(store, 'one')).to.deep.equal([plan]);
    expect(attachedTo(store, 'two')).to.deep.equal([]);
    expect(hasAttached(store)).to.equal(true);
    $me.set('tomas');
    expect(hasAttached(store)).to.equal(false);
    expect(attachedTo(store, 'one')).to.deep.equal([]);
    $me.set('marta');
    expect(attachedTo(store, 'one')).to.deep.equal([]);
  });

  it('stay when the server tells who the agent is, and go when that agent has signed out', () => {
    const $me = atom<string | undefined>();
    const store = { $me } as unknown as ChatStore;
    setAttached(store, 'one', [plan]);
    $me.set('marta');
    expect(attachedTo(store, 'one')).to.deep.equal([plan]);
    $me.set(undefined);
    expect(attachedTo(store, 'one')).to.deep.equal([]);
    setAttached(store, 'one', [plan]);
    $me.set('marta');
    expect(attachedTo(store, 'one')).to.deep.equal([plan]);
    $me.set('tomas');
    expect(hasAttached(store)).to.equal(false);
  });

  it('go when they are sent or taken out', () => {
    const store = { $me: atom('marta') } as unknown as ChatStore;
    setAttached(store, 'one', [plan]);
    setAttached(store, 'one', []);
    expect(hasAttached(store)).to.equal(false);
  });
});
