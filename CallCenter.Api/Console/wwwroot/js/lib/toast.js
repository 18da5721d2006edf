// A short word about what has just been done, or why it was not.
import { isLost } from './connection.js';
import { h } from './dom.js';
import { icon } from './icons.js';

const place = document.getElementById('toasts');

const SHORT = 5000;

export function toast(text, tone = 'done') {
  const element = show(text, tone);
  // A refusal stays until it was read.
  if (tone !== 'failed') setTimeout(() => element.remove(), SHORT);
}

// That there is no connection is no longer true when it is back.
export function toastNoConnection(text) {
  const element = show(text, 'failed');
  const look = () => (isLost() ? setTimeout(look, 1000) : element.remove());
  setTimeout(look, SHORT);
}

function show(text, tone) {
  const element = h('div', { class: `toast tone-${tone}` }, icon(tone), h('span', {}, text),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', click: () => element.remove() }, icon('close')));
  place.append(element);
  return element;
}
