// Search by the beginning of the instance id, and a time range. The filters live in the address, so that a link keeps them; a search
// that goes on takes the place of the one before it, so that one step back leaves it.
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

const MINUTE = 60_000;
const ranges = [
  ['', 'Any time'], ['15', 'Last 15 minutes'], ['60', 'Last hour'], ['1440', 'Last 24 hours'], ['10080', 'Last 7 days'],
];
const CUSTOM = 'custom';
const TYPING = 250;

// The filter as the address has it, as the contract wants it.
export function toQuery({ status, prefix, minutes, from, to }, asOf) {
  const since = Number(minutes) > 0 ? new Date(asOf - minutes * MINUTE).toISOString() : utc(from);
  const until = utc(to);
  return { ...(status && { status }), ...(prefix && { prefix }), ...(since && { from: since }), ...(until && { to: until }) };
}

export function filterForm(go) {
  let typing = 0;
  let address = {};
  const prefix = h('input', {
    id: 'prefix', type: 'search', placeholder: 'Instance id begins with …', autocomplete: 'off', spellcheck: 'false',
    input: () => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        typing = 0;
        go({ prefix: prefix.value }, Boolean(address.prefix));
      }, TYPING);
    },
  });
  const range = h('select', {
    id: 'range',
    change: () => {
      const custom = range.value === CUSTOM;
      showCustom(custom);
      if (custom) from.focus();
      else go({ minutes: range.value, from: '', to: '' });
    },
  }, [...ranges, [CUSTOM, 'From … to …']].map(([value, text]) => h('option', { value }, text)));
  const ends = () => go({ minutes: '', from: from.value, to: to.value });
  const from = h('input', { id: 'from', type: 'datetime-local', change: ends });
  const to = h('input', { id: 'to', type: 'datetime-local', change: ends });
  const customRange = h('div', { class: 'filter-custom', hidden: true },
    h('label', { for: 'from' }, 'From'), from, h('label', { for: 'to' }, 'to'), to);
  const showCustom = shown => (customRange.hidden = !shown);

  return {
    element: h('form', { class: 'filters', role: 'search', submit: event => event.preventDefault() },
      h('div', { class: 'filter-search' }, icon('search'),
        h('label', { class: 'visually-hidden', for: 'prefix' }, 'Search: instance id begins with'), prefix),
      h('div', { class: 'filter-range' }, h('label', { class: 'visually-hidden', for: 'range' }, 'Started'), range),
      customRange),
    update(filter) {
      address = filter;
      // What is being typed is on its way into the address.
      if (typing === 0) prefix.value = filter.prefix ?? '';
      from.value = local(filter.from);
      to.value = local(filter.to);
      const custom = Boolean(filter.from || filter.to);
      range.value = custom ? CUSTOM : filter.minutes ?? '';
      showCustom(custom);
    },
  };
}

// An address can hold anything; a field of this kind takes only this.
const local = text => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text ?? '') ? text : '');

// The fields speak the reader's time, the contract UTC. What is no time is left to the server to refuse.
function utc(local) {
  if (!local) return '';
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}
