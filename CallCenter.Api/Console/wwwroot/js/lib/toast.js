// A short word about what has just been done, or why it was not.
import { h } from './dom.js';
import { icon } from './icons.js';

const place = document.getElementById('toasts');

export function toast(text, tone = 'done') {
  const element = h('div', { class: `toast tone-${tone}` }, icon(tone), h('span', {}, text),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', click: () => element.remove() }, icon('close')));
  place.append(element);
  // A refusal stays until it was read.
  if (tone !== 'failed') setTimeout(() => element.remove(), 5000);
}
