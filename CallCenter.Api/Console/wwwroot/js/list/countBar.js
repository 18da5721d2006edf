// How many there are of each status; a click shows only those. A host that cannot count cheaply gives no numbers.
import { h, setAttribute, setText } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { runtimeStatuses, statusOfRuntime } from '../lib/status.js';

export function countBar(items, choose) {
  let chosen = [];
  const toggle = status => {
    const others = chosen.filter(other => other !== status);
    choose((others.length < chosen.length ? others : [...chosen, status]).join(','));
  };
  const button = (tone, text, click) => {
    const number = h('span', { class: 'count-number' });
    const element = h('button', { type: 'button', class: `count tone-${tone}`, 'aria-pressed': 'false', click },
      h('span', { class: 'count-name' }, tone && icon(tone), text), number);
    return { element, number };
  };
  const all = button('', 'All', () => choose(''));
  const each = new Map(runtimeStatuses.map(status => {
    const { tone, text } = statusOfRuntime(status);
    return [status, button(tone, text, () => toggle(status))];
  }));

  function select(text) {
    chosen = text.split(',').filter(Boolean);
    setAttribute(all.element, 'aria-pressed', chosen.length === 0);
    for (const [status, { element }] of each) setAttribute(element, 'aria-pressed', chosen.includes(status));
  }

  return {
    element: h('div', { class: 'counts', role: 'group', 'aria-label': `Show ${items} by status` },
      all.element, [...each.values()].map(one => one.element)),
    select,
    update(counts, status) {
      select(status);
      const total = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
      setText(all.number, counts ? total.toLocaleString() : '');
      for (const [name, { number }] of each) setText(number, counts ? (countOf(counts, name)).toLocaleString() : '');
    },
  };
}

// The names come as the contract writes them, or in camelCase where a host's serializer does that to keys.
const countOf = (counts, name) => counts[name] ?? counts[name.toLowerCase()] ?? 0;
