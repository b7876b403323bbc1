/**
 * The physical limit: what the browser needs for the window of rows that can be seen, and nothing else. The markup and the
 * styles are the library's own, taken from its rendered rows before the clock starts, so the two differ only in how the
 * rows get there: here by one `innerHTML`, one insertion, one forced layout.
 */
import { painted } from '../pages/painted.js';
import { present } from '../pages/present.js';
import { tokenOf } from '../pages/workload.js';
import { OurPanels } from './our-panels.js';

/** Elements of ours would wake up: in the copy they have other names. */
const renamed = (text) => text.replaceAll('crm-', 'limit-');
const bare = (html) => renamed(html).replace(/<!--.*?-->/gs, '');

/** A copy of a panel that has the same tree and the same styles, and does nothing. */
function copyOf(panel, box) {
  const host = document.createElement('div');
  host.style.cssText = 'display:block;block-size:100%';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = panel.shadowRoot.adoptedStyleSheets.map((sheet) => {
    const copy = new CSSStyleSheet();
    copy.replaceSync(renamed([...sheet.cssRules].map((rule) => rule.cssText).join('\n')));
    return copy;
  });
  root.innerHTML = bare(panel.shadowRoot.innerHTML);
  box.append(host);
  return root;
}

let box;
let root;
let holder;
let log;
const known = new Map();
/** Message id → its row as the library draws it. */
const rowHtml = new Map();
let shown = [];

const tokenIn = (message) => message.content.match(/#\d{6}$/)[0];

/** Draws messages with the real panel and keeps each row's markup; returns how many rows it held at once. */
async function capture(messages, keepCopy = false) {
  const stage = document.createElement('div');
  stage.style.cssText = 'position:absolute;inset:0';
  box.append(stage);
  const ours = new OurPanels();
  ours.showMessages(stage);
  const id = messages[0].conversationId;
  await ours.know(id, messages);
  ours.store.setActiveConversation(id);
  await painted(() => ours.scroller, tokenIn(messages.at(-1)));
  const rowsAtOnce = ours.rows.length;
  const take = () => {
    for (const row of ours.rows) {
      const token = row.textContent.match(/#\d{6}/)?.[0];
      if (token) rowHtml.set(`${id}-${Number(token.slice(1))}`, bare(row.outerHTML));
    }
  };
  take();
  while (ours.scroller.scrollTop > 0 && messages.some((message) => !rowHtml.has(message.id))) {
    ours.scroller.scrollTop -= ours.scroller.clientHeight;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    take();
  }
  if (keepCopy) {
    ours.scroller.scrollTop = ours.scroller.scrollHeight;
    await painted(() => ours.scroller, tokenIn(messages.at(-1)));
    stage.style.display = 'none';
    root = copyOf(ours.panel, box);
    log = root.querySelector('[role=log]');
    holder = root.querySelector('.rows');
    holder.removeAttribute('style');
  }
  ours.store.disconnectSocket();
  stage.remove();
  return rowsAtOnce;
}

/** As many rows as the library keeps in the document. */
let windowSize = 60;
let appended = 0;

/** The copy of the list. */
const listCopy = {};

present({
  async mount(into) {
    box = into;
  },
  async know(id, messages) {
    known.set(id, messages);
    // Of a long conversation only its end is ever drawn here.
    const drawn = messages.slice(-60);
    if (root) await capture(drawn);
    else windowSize = await capture(drawn, true);
  },
  /** Rows that will come: their markup must be known before the clock starts. */
  expect: (messages) => capture(messages),
  open(id) {
    shown = known.get(id).slice(-windowSize);
    holder.innerHTML = shown.map((message) => rowHtml.get(message.id) ?? '').join('');
    log.scrollTop = log.scrollHeight;
  },
  append(message) {
    holder.insertAdjacentHTML('beforeend', rowHtml.get(message.id) ?? '');
    if (holder.childElementCount > windowSize) holder.firstElementChild.remove();
    log.scrollTop = log.scrollHeight;
    appended += log.scrollTop;
  },
  async openTop(id) {
    const messages = known.get(id).slice(0, windowSize);
    await capture(messages);
    holder.innerHTML = messages.map((message) => rowHtml.get(message.id) ?? '').join('');
  },
  prepend(messages) {
    const before = log.scrollHeight;
    const html = messages.slice(-Math.ceil(windowSize / 2)).map((message) => rowHtml.get(message.id) ?? '');
    holder.insertAdjacentHTML('afterbegin', html.join(''));
    log.scrollTop += log.scrollHeight - before;
  },
  scroller: () => log,
  root: () => root,
  field: () => root.querySelector('textarea'),

  async knowList(conversations) {
    const stage = document.createElement('div');
    stage.style.cssText = 'position:absolute;inset:0';
    box.append(stage);
    const ours = new OurPanels(Math.min(conversations, 400));
    ours.showList(stage);
    await painted(() => ours.list.shadowRoot.querySelector('[role=listbox]'), tokenOf(0), 'top');
    listCopy.host = document.createElement('div');
    const options = [...ours.list.shadowRoot.querySelectorAll('[role=option]')];
    listCopy.row = bare((options.at(-1).closest('crm-conversation-row') ?? options.at(-1)).outerHTML);
    listCopy.panel = ours.list;
    listCopy.stage = stage;
    stage.style.display = 'none';
  },
  showList(into) {
    listCopy.root = copyOf(listCopy.panel, into);
  },
  bump(index) {
    const first = listCopy.root.querySelector('[role=option]');
    const row = first.closest('limit-conversation-row') ?? first;
    row.insertAdjacentHTML('beforebegin', listCopy.row.replace(/#\d{6}/g, tokenOf(index)));
    const rows = row.parentElement.children;
    rows[rows.length - 1].remove();
    for (const [place, each] of [...rows].entries())
      if (each.style.transform) each.style.transform = `translateY(${place * 85}px)`;
    void appended;
  },
  listScroller: () => listCopy.root.querySelector('[role=listbox]'),
  listRoot: () => listCopy.root,

  /** The messages themselves, in one map: what they weigh is nobody's overhead. */
  async keep(messages) {
    globalThis.kept = new Map(structuredClone(messages).map((message) => [message.id, message]));
  },
});
