// Those that wait for somebody, each with its answer in the row.
import { h, replace } from '../lib/dom.js';
import { moment } from '../lib/format.js';
import { eventOf, nameOf } from '../lib/words.js';
import { rowTable } from '../list/rowTable.js';
import { standing, stateOf } from '../list/standing.js';
import { instanceAddress } from '../router.js';
import { answerOf } from '../schema/answer.js';
import { answerBox } from './answerBox.js';

export const inboxTable = (workflow, selection, desk) => rowTable(workflow, {
  look: 'inbox',
  columns: [[selection.head(), 'select-cell'], [workflow.words.key, ''], ['Waiting', ''], ['Started', 'wide-only'], ['Answer', '']],
  selection,
  row: first => inboxRow(workflow, selection, desk, first),
});

function inboxRow(workflow, selection, desk, first) {
  const address = instanceAddress(workflow.collection, first.instanceId);
  const name = nameOf(workflow, first);
  const element = h('tr', { tabindex: '-1', class: 'tone-waiting' });
  const waits = h('td', { class: 'waits-cell' });
  const place = h('td', { class: 'answer-cell' });
  const link = h('a', { class: 'instance-link', href: address, 'data-action': 'open' }, name);
  element.append(selection.cell(first, name), h('td', { class: 'name-cell' }, link), waits, h('td', { class: 'wide-only quiet' }, moment(first.createdAt)), place);
  let box = null;
  let event = null;
  let signature = null;

  // A decision is made here; what has to be written is written on the page of its own.
  function ask(one, news) {
    element.classList.remove('answered');
    box = event && answerOf(event).decision
      ? answerBox(workflow, event, one, { ...desk, row: element, news, renew: words => ask(latest, words) })
      : null;
    replace(place, box ? box.element : h('a', { class: 'button small', href: address }, 'Answer …'));
  }
  let latest = first;

  const row = {
    element,
    open: () => link.click(),
    answer: index => box?.answer(index),
    write: () => box?.focus(),
    update(one) {
      latest = one;
      const fresh = JSON.stringify([one.waitingFor, one.deadline, one.state, one.attempt]);
      if (fresh !== signature) replace(waits, standing(workflow, one), h('div', { class: 'quiet' }, stateOf(one)));
      signature = fresh;
      if (event?.name !== one.waitingFor) {
        event = eventOf(workflow, one.waitingFor);
        ask(one, null);
      }
      box?.update(one);
    },
    leave() {
      replace(waits, h('div', { class: 'quiet' }, 'No longer waiting'));
      signature = null;
      box?.update(null);
    },
    mayGo: () => box?.mayGo() ?? true,
  };
  row.update(first);
  return row;
}
