import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { FramePace } from './frame-pace.js';

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

class Paced extends LitElement {
  words = '';
  drawn: string[] = [];
  readonly #pace = new FramePace();

  protected override scheduleUpdate(): void | Promise<unknown> {
    const wait = this.#pace.turn();
    return wait ? wait.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override render() {
    this.drawn.push(this.words);
    return html`${this.words}`;
  }

  say(words: string): void {
    this.words = words;
    this.requestUpdate();
  }
}
customElements.define('test-paced', Paced);

describe('one drawing a frame', () => {
  let element: Paced;
  beforeEach(async () => {
    element = new Paced();
    document.body.append(element);
    await element.updateComplete;
    await nextFrame();
    await nextFrame();
    element.drawn = [];
  });
  afterEach(() => element.remove());

  it('draws the first change at once and the rest of the frame together, just in time for the next', async () => {
    element.say('one');
    await Promise.resolve();
    expect(element.drawn).to.deep.equal(['one']);
    for (const words of ['two', 'three', 'four']) {
      element.say(words);
      await Promise.resolve();
    }
    expect(element.drawn).to.deep.equal(['one']);
    await element.updateComplete;
    expect(element.drawn).to.deep.equal(['one', 'four']);
    expect(element.renderRoot.textContent).to.equal('four');
  });

  it('draws at once again after a quiet frame', async () => {
    element.say('one');
    await Promise.resolve();
    await nextFrame();
    await nextFrame();
    element.say('two');
    await Promise.resolve();
    expect(element.drawn).to.deep.equal(['one', 'two']);
  });
});
