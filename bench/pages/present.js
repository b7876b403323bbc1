/** Puts one subject on the page and gives the driver its scenarios as `window.bench`. */
import { scenariosFor } from './scenarios.js';

export function present(subject) {
  window.bench = scenariosFor(subject);
  document.documentElement.dataset.ready = '';
}
