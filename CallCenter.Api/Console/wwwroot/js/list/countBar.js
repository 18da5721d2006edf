// How many there are of each status, and how many wait for somebody; a click shows only those. A host that cannot count cheaply gives no
// numbers. The inbox is no status: what waits is running too.
import { h, setAttribute, setText } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { runtimeStatuses, statusOfRuntime } from '../lib/status.js';
import { ordersOf } from './abilities.js';
import { isInbox } from './question.js';

export function countBar(workflow, go) {
  let filter = {};
  const chosen = () => (filter.status ?? '').split(',').filter(Boolean);
  // The order by deadline goes with the inbox.
  const leaveInbox = () => ({ waiting: '', ...(filter.order === 'deadline' && { order: '' }) });
  const toggle = status => {
    const others = chosen().filter(other => other !== status);
    go({ ...leaveInbox(), status: (others.length < chosen().length ? others : [...chosen(), status]).join(',') });
  };
  const byDeadline = ordersOf(workflow).some(([order]) => order === 'deadline');
  const toggleInbox = () => go(isInbox(filter) ? leaveInbox() : { waiting: 'true', status: '', order: byDeadline ? 'deadline' : '' });

  const all = button('', 'All', () => go({ ...leaveInbox(), status: '' }));
  const waiting = button('waiting', 'Waiting', toggleInbox);
  waiting.element.classList.add('count-waiting');
  const overdue = h('span', { class: 'count-overdue' });
  waiting.number.after(overdue);
  const each = new Map(runtimeStatuses.map(status => {
    const { tone, text } = statusOfRuntime(status);
    return [status, button(tone, text, () => toggle(status))];
  }));

  function select(fresh) {
    filter = fresh;
    setAttribute(all.element, 'aria-pressed', chosen().length === 0 && !isInbox(filter));
    setAttribute(waiting.element, 'aria-pressed', isInbox(filter));
    for (const [status, { element }] of each) setAttribute(element, 'aria-pressed', chosen().includes(status));
  }

  return {
    element: h('div', { class: 'counts', role: 'group', 'aria-label': `Show ${workflow.words.items} by status` },
      all.element, workflow.events.length > 0 && waiting.element, [...each.values()].map(one => one.element)),
    select,
    update(answer) {
      const counts = answer?.counts ?? null;
      const total = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
      setText(all.number, numberText(total));
      setText(waiting.number, numberText(answer?.waiting));
      setText(overdue, answer?.overdue > 0 ? `${answer.overdue.toLocaleString()} overdue` : '');
      for (const [name, { number }] of each) setText(number, numberText(counts && countOf(counts, name)));
    },
  };
}

function button(tone, text, click) {
  const number = h('span', { class: 'count-number' });
  const element = h('button', { type: 'button', class: `count tone-${tone}`, 'aria-pressed': 'false', click },
    h('span', { class: 'count-name' }, tone && icon(tone), text), h('span', { class: 'count-figures' }, number));
  return { element, number };
}

const numberText = number => (typeof number === 'number' ? number.toLocaleString() : '');

// The names come as the contract writes them, or in camelCase where a host's serializer does that to keys.
const countOf = (counts, name) => counts[name] ?? counts[name.toLowerCase()] ?? 0;
