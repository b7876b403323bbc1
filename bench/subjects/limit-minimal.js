/** The physical limit with a bare bubble: what a message costs that shows hardly more than its text. */
import { present } from '../pages/present.js';
import { bubbleHtml, STYLE } from './minimal-bubble.js';

const WINDOW = 30;
const known = new Map();
let log;

present({
  async mount(box) {
    const style = document.createElement('style');
    style.textContent = STYLE;
    document.head.append(style);
    log = document.createElement('div');
    log.className = 'log';
    box.append(log);
  },
  async know(id, messages) {
    known.set(id, messages);
  },
  open(id) {
    log.innerHTML = known.get(id).slice(-WINDOW).map(bubbleHtml).join('');
    log.scrollTop = log.scrollHeight;
  },
  append(message) {
    log.insertAdjacentHTML('beforeend', bubbleHtml(message));
    if (log.childElementCount > WINDOW) log.firstElementChild.remove();
    log.scrollTop = log.scrollHeight;
  },
  scroller: () => log,
});
