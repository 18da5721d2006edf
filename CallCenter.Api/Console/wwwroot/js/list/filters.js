// What the list leaves out and how it is sorted. It all lives in the address, so that a link keeps it.
import { h } from '../lib/dom.js';
import { ordersOf, whyNoMoreOrders } from './abilities.js';
import { searchBox } from './searchBox.js';

const ranges = [
  ['', 'Any time'], ['15', 'Last 15 minutes'], ['60', 'Last hour'], ['1440', 'Last 24 hours'], ['10080', 'Last 7 days'],
];
const CUSTOM = 'custom';

// `go(changes)` changes the address, `open(text)` opens the instance that a text means.
export function filterForm(workflow, go, open) {
  const search = searchBox(workflow, go, open);
  const range = h('select', {
    id: 'range',
    change: () => {
      const custom = range.value === CUSTOM;
      showCustom(custom);
      if (custom) from.focus();
      else go({ minutes: range.value, from: '', to: '' });
    },
  }, options([...ranges, [CUSTOM, 'From … to …']]));
  const ends = () => go({ minutes: '', from: from.value, to: to.value });
  const from = h('input', { id: 'from', type: 'datetime-local', change: ends });
  const to = h('input', { id: 'to', type: 'datetime-local', change: ends });
  const customRange = h('div', { class: 'filter-custom', hidden: true },
    h('label', { for: 'from' }, 'From'), from, h('label', { for: 'to' }, 'to'), to);
  const showCustom = shown => (customRange.hidden = !shown);

  const orders = ordersOf(workflow);
  const order = h('select', {
    id: 'order', title: whyNoMoreOrders(workflow),
    // Only those that wait have a deadline.
    change: () => go({ order: order.value === 'newest' ? '' : order.value, ...(order.value === 'deadline' && { waiting: 'true', status: '' }) }),
  }, options(orders));
  const sort = h('div', { class: 'filter-range', hidden: orders.length < 2 }, h('label', { class: 'visually-hidden', for: 'order' }, 'Sort'), order);

  return {
    element: h('form', { class: 'filters', role: 'search', submit: event => event.preventDefault() },
      search.element,
      h('div', { class: 'filter-range' }, h('label', { class: 'visually-hidden', for: 'range' }, 'Started'), range),
      sort,
      customRange),
    update(filter) {
      search.update(filter);
      from.value = local(filter.from);
      to.value = local(filter.to);
      const custom = Boolean(filter.from || filter.to);
      range.value = custom ? CUSTOM : filter.minutes ?? '';
      showCustom(custom);
      order.value = filter.order || 'newest';
    },
  };
}

const options = list => list.map(([value, text]) => h('option', { value }, text));

// An address can hold anything; a field of this kind takes only this.
const local = text => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? text : '');
