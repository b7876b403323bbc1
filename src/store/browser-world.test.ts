import { expect } from '@open-wc/testing';
import { browserWorld } from './browser-world.js';

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

describe('what is told once per frame', () => {
  it('tells the first change at once, and what follows together with the next frame', async () => {
    const world = browserWorld();
    const told: string[] = [];
    world.frame(() => told.push('list'));
    world.frame(() => told.push('thread'));
    expect(told).to.deep.equal([]);
    await Promise.resolve();
    expect(told).to.deep.equal(['list', 'thread']);
    world.frame(() => told.push('second'));
    await Promise.resolve();
    world.frame(() => told.push('third'));
    await Promise.resolve();
    expect(told).to.deep.equal(['list', 'thread']);
    while (told.length < 4) await nextFrame();
    expect(told).to.deep.equal(['list', 'thread', 'second', 'third']);
  });

  it('does not tell what was taken back', async () => {
    const world = browserWorld();
    const told: string[] = [];
    const cancel = world.frame(() => told.push('gone'));
    world.frame(() => told.push('stays'));
    cancel();
    await Promise.resolve();
    expect(told).to.deep.equal(['stays']);
  });

  it('tells the others when one of them throws', async () => {
    const world = browserWorld();
    const told: string[] = [];
    const faults: unknown[] = [];
    const onError = window.onerror;
    window.onerror = (_text, _file, _line, _column, error) => (faults.push(error), true);
    world.frame(() => {
      throw new Error('planned');
    });
    world.frame(() => told.push('all the same'));
    await Promise.resolve();
    window.onerror = onError;
    expect(told).to.deep.equal(['all the same']);
    expect(faults).to.have.length(1);
  });
});
