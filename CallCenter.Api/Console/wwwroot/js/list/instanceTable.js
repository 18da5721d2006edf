// The list as a table, a row for each instance. On a small screen the later columns go and their news moves under the name.
import { h, replace } from '../lib/dom.js';
import { copyButton } from '../lib/copy.js';
import { moment } from '../lib/format.js';
import { pill, statusOfInstance } from '../lib/status.js';
import { nameOf } from '../lib/words.js';
import { instanceAddress } from '../router.js';
import { ordersOf, whyNoMoreOrders } from './abilities.js';
import { rowTable } from './rowTable.js';
import { lasted, standing } from './standing.js';

// Without a key the first column has the instance id already.
const columnsOf = (workflow, selection) => [
  [selection.head(), 'select-cell'], [workflow.words.key, ''], ['Status', ''], ['Where it stands', 'wide-only'],
  ['Started', 'middle-only', ordersOf(workflow).length < 2 ? whyNoMoreOrders(workflow) : null],
  ['Duration', 'middle-only number'], ...(workflow.key ? [['Instance id', 'wide-only']] : []),
];

export const instanceTable = (workflow, selection) => rowTable(workflow, {
  look: 'by-status', columns: columnsOf(workflow, selection), selection, row: first => instanceRow(workflow, selection, first),
});

function instanceRow(workflow, selection, first) {
  const element = h('tr', { tabindex: '-1' });
  let signature = null;
  const row = {
    element,
    open: () => element.querySelector('.instance-link').click(),
    update(one) {
      const fresh = JSON.stringify(one);
      if (fresh === signature) return;
      signature = fresh;
      const focused = element.contains(document.activeElement) ? document.activeElement.dataset.action : null;
      element.className = `tone-${statusOfInstance(one.runtimeStatus, one.waitingFor).tone}`;
      replace(element, cells(workflow, selection, one));
      if (focused) element.querySelector(`[data-action="${focused}"]`)?.focus({ preventScroll: true });
    },
  };
  row.update(first);
  return row;
}

function cells(workflow, selection, one) {
  const name = nameOf(workflow, one);
  return [
    selection.cell(one, name),
    h('td', { class: 'name-cell' },
      h('a', { class: 'instance-link', href: instanceAddress(workflow.collection, one.instanceId), 'data-action': 'open' }, name),
      h('div', { class: 'small-only name-more' }, standing(workflow, one),
        h('div', { class: 'quiet tiny-only' }, moment(one.createdAt), ' · ', lasted(one)))),
    h('td', { class: 'status-cell' }, pill(statusOfInstance(one.runtimeStatus, one.waitingFor))),
    h('td', { class: 'wide-only standing-cell' }, standing(workflow, one)),
    h('td', { class: 'middle-only quiet' }, moment(one.createdAt)),
    h('td', { class: 'middle-only number' }, lasted(one)),
    workflow.key && h('td', { class: 'wide-only id-cell' },
      h('span', { class: 'id-with-copy' }, h('code', { title: one.instanceId }, one.instanceId), copyButton(one.instanceId, 'instance id'))),
  ];
}
