// The list of a workflow's instances: counts, filters, rows, pages; asked for again and again while it is shown.
import { api, refusal } from '../lib/api.js';
import { now } from '../lib/clock.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { expectAnswer, poll } from '../lib/poll.js';
import { listAddress } from '../router.js';
import { openStartDialog } from '../start/startDialog.js';
import { countBar } from './countBar.js';
import { filterForm, toQuery } from './filters.js';
import { instanceTable } from './instanceTable.js';
import { pager } from './pager.js';

const PAGE = 50;
const PAUSE = [2000, 10_000];

// How far back somebody had turned the pages, by filter: the way back from one of them leads to the same page. A page has a token;
// `before`, how many there were on those before it, because a page may be short and still not be the last; and `asOf`, when the
// first was asked for, because a token goes with one question, and 'the last hour' is another one a second later.
const turned = new Map();
const newest = [{ token: null, before: 0, asOf: null }];

// Tokens behind which there was nothing: a page that is just full cannot know that it is the last.
const ends = new Set();

export function listPage(workflow, firstFilter) {
  const { words, collection } = workflow;
  const instances = api.of(collection);
  let filter = Object.fromEntries(firstFilter);
  let etag = null;
  let answered = '';

  const go = (changes, instead = false) => {
    const wanted = listAddress(collection, { ...filter, ...changes });
    if (wanted === location.hash) return;
    if (instead) location.replace(wanted);
    else location.hash = wanted;
  };
  const askAnew = () => {
    answered = '';
    pages.hold();
    polling.now();
  };
  const turns = () => turned.get(listAddress(collection, filter)) ?? newest;
  const turn = list => {
    turned.set(listAddress(collection, filter), list);
    askAnew();
    window.scrollTo(0, 0);
  };

  const counts = countBar(words.items, status => go({ status }));
  const filters = filterForm(go);
  const table = instanceTable(workflow);
  const message = h('div', { class: 'list-message', role: 'status' });
  const pages = pager({
    older: next => turn([...turns(), next]),
    newer: () => turn(turns().length > 1 ? turns().slice(0, -1) : newest),
    newest: () => turn(newest),
  });
  const heading = h('h1', { tabindex: '-1' }, words.Items);
  const element = h('div', { class: 'list-page' }, heading, counts.element, filters.element,
    h('section', { class: 'card flush', 'aria-label': words.Items }, table.element, message, pages.element));

  const clearFilters = () =>
    h('button', { type: 'button', class: 'button', click: () => (location.hash = listAddress(collection)) }, 'Clear the filters');
  const showMessage = whenChanged((count, more, filtered, refused) => {
    if (refused) replace(message, h('p', { class: 'refusal' }, refused), filtered && clearFilters());
    else if (count > 0) replace(message);
    else if (more) replace(message, h('p', { class: 'nothing' }, 'Nothing on this page, but there may be something on an older one.'));
    else replace(message, filtered ? nothingFits(words, clearFilters()) : nothingYet(workflow));
  });

  async function load() {
    const stack = turns();
    const { token, asOf } = stack.at(-1);
    const asked = asOf ?? now();
    const query = { ...toQuery(filter, asked), top: PAGE, ...(token && { continuationToken: token }) };
    const question = JSON.stringify([filter, token]);
    const began = performance.now();
    const answer = expectAnswer(await instances.list(query, question === answered ? etag : null));
    if (question !== JSON.stringify([filter, turns().at(-1).token])) return 0; // Filtered or turned meanwhile.
    if (answer.status === 400 && token) {
      turned.delete(listAddress(collection, filter)); // A page of a server that has been started anew: from the first one again.
      return 0;
    }
    if (answer.ok && token && answer.body[collection].length === 0 && answer.body.continuationToken === null) {
      ends.add(token);
      turned.set(listAddress(collection, filter), stack.slice(0, -1));
      return 0;
    }
    answered = question;
    if (answer.status !== 304) {
      etag = answer.etag;
      show(answer, stack, asked);
    }
    return Math.min(PAUSE[1], Math.max(PAUSE[0], 10 * (performance.now() - began)));
  }

  function show(answer, stack, asOf) {
    const { before } = stack.at(-1);
    const rows = answer.ok ? answer.body[collection] : [];
    counts.update(answer.body?.counts ?? null, filter.status ?? '');
    table.update(rows, JSON.stringify([filter, stack.length]));
    const next = answer.body?.continuationToken ?? null;
    const older = next === null || ends.has(next) ? null : { token: next, before: before + rows.length, asOf };
    const filtered = Object.values(filter).some(Boolean) || stack.length > 1;
    showMessage(rows.length, older !== null, filtered, answer.ok ? null : refusal(answer));
    pages.update({ first: stack.length === 1, before, count: rows.length, older });
    const waiting = rows.filter(one => one.waitingFor && one.runtimeStatus === 'Running').length;
    document.title = `${waiting ? `(${waiting} waiting) ` : ''}${words.Items} – CallCenter`;
  }

  document.title = `${words.Items} – CallCenter`;
  counts.update(null, filter.status ?? '');
  filters.update(filter);
  const polling = poll(load);
  return {
    element,
    goTo(query) {
      filter = Object.fromEntries(query);
      counts.select(filter.status ?? '');
      filters.update(filter);
      askAnew();
    },
    stop: polling.stop,
  };
}

const nothingYet = workflow => h('div', { class: 'nothing' },
  h('p', { class: 'nothing-title' }, `No ${workflow.words.items} yet`),
  h('p', {}, 'Start one and watch it go through the workflow, step by step.'),
  h('button', { type: 'button', class: 'button primary', click: () => openStartDialog(workflow) }, `Start ${workflow.words.anItem}`));

const nothingFits = ({ item }, clear) => h('div', { class: 'nothing' },
  h('p', { class: 'nothing-title' }, `No ${item} fits these filters`),
  clear);
