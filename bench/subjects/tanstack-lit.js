/** @tanstack/lit-virtual, the best list engine among the peers, with a bare bubble. */
import { html, LitElement } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { VirtualizerController } from '@tanstack/lit-virtual';
import { present } from '../pages/present.js';
import { STYLE } from './minimal-bubble.js';

const ESTIMATE = 60;

class TanstackLog extends LitElement {
  messages = [];
  #virtual = new VirtualizerController(this, {
    getScrollElement: () => this.querySelector('.log'),
    count: 0,
    estimateSize: () => ESTIMATE,
    overscan: 5,
  });

  createRenderRoot() {
    return this;
  }

  get virtual() {
    return this.#virtual.getVirtualizer();
  }

  show(messages) {
    this.messages = messages;
    const virtual = this.virtual;
    virtual.setOptions({
      ...virtual.options,
      count: messages.length,
      getItemKey: (index) => this.messages[index].id,
    });
    this.requestUpdate();
    void this.updateComplete.then(() => virtual.scrollToIndex(messages.length - 1, { align: 'end' }));
  }

  render() {
    const virtual = this.virtual;
    return html`<div class="log">
      <div class="rows">
        ${repeat(
          virtual.getVirtualItems(),
          (item) => item.key,
          (item) => {
            const message = this.messages[item.index];
            return html`<div class="row ${message.senderType}" data-index=${item.index} data-start=${item.start}>
              <div class="bubble">
                ${message.metadata?.imageUrl ? html`<img src=${message.metadata.imageUrl} alt="" />` : ''}
                <span>${message.content}</span> <time>${message.timestamp.slice(11, 16)}</time>
              </div>
            </div>`;
          },
        )}
      </div>
    </div>`;
  }

  updated() {
    const virtual = this.virtual;
    this.querySelector('.rows').style.blockSize = `${virtual.getTotalSize()}px`;
    for (const row of this.querySelectorAll('.row')) {
      row.style.cssText = `position:absolute;inset-block-start:0;transform:translateY(${row.dataset.start}px)`;
      virtual.measureElement(row);
    }
  }
}
customElements.define('tanstack-log', TanstackLog);

const known = new Map();
let log;

present({
  async mount(box) {
    const style = document.createElement('style');
    style.textContent = `${STYLE} tanstack-log { display: block; block-size: 100%; } .rows { position: relative; }`;
    document.head.append(style);
    log = document.createElement('tanstack-log');
    box.append(log);
    await log.updateComplete;
  },
  async know(id, messages) {
    known.set(id, messages);
  },
  open: (id) => log.show(known.get(id)),
  append: (message) => log.show([...log.messages, message]),
  scroller: () => log.querySelector('.log'),
});
