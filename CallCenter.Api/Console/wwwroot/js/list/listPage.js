// The list of a workflow's instances: counts, filters, rows, pages; asked for again and again while it is shown.
import { openBulkDialog } from '../bulk/bulkDialog.js';
import { selection } from '../bulk/selection.js';
import { inboxTable } from '../inbox/inboxTable.js';
import { whoAnswers } from '../inbox/who.js';
import { api, refusal } from '../lib/api.js';
import { beat, now } from '../lib/clock.js';
import { h, replace } from '../lib/dom.js';
import { openHelp } from '../lib/help.js';
import { expectAnswer, poll } from '../lib/poll.js';
import { instanceAddress, listAddress } from '../router.js';
import { abilitiesOf, whyNoTotal } from './abilities.js';
import { countBar } from './countBar.js';
import { figuresStrip } from './figures.js';
import { filterForm } from './filters.js';
import { instanceTable } from './instanceTable.js';
import { listKeys } from './listKeys.js';
import { listMessage } from './message.js';
import { meantBy } from './opener.js';
import { pager } from './pager.js';
import { goToPlace, keepPlace, rememberedPlace } from './place.js';
import { firstQuery, isFiltered, isInbox, sizeOf, sizeText, toQuery } from './question.js';
import { isEnd, nothingBehind, turnsOf, turnTo, turnToFirst } from './turns.js';

// A list in which nothing happens is asked for less and less often.
const PAUSE = 2000;
const QUIET_PAUSE = 5000;
const SLOWER = 1.5;
const SLOWEST = 10_000;

export function listPage(workflow, firstFilter) {
  const { words, collection } = workflow;
  const instances = api.of(collection);
  let filter = Object.fromEntries(firstFilter);
  let etag = null;
  let answered = '';
  let pause = PAUSE;
  let place = rememberedPlace();

  const address = () => listAddress(collection, filter);
  const go = (changes, instead = false) => {
    const wanted = listAddress(collection, { ...filter, ...changes });
    if (wanted === location.hash) return;
    if (instead) location.replace(wanted);
    else location.hash = wanted;
  };
  const askAnew = () => {
    answered = '';
    pause = PAUSE;
    pages.hold();
    polling.now();
  };
  const turn = list => {
    turnTo(address(), list);
    askAnew();
    window.scrollTo(0, 0);
  };
  async function open(text, otherwise) {
    const asked = location.hash;
    const id = await meantBy(text, workflow, instances, abilitiesOf(workflow).search).catch(() => null);
    if (location.hash !== asked) return;
    if (id === null) otherwise();
    else location.hash = instanceAddress(collection, id);
  }

  const who = whoAnswers(workflow);
  const chosen = selection(workflow, (action, items) => openBulkDialog(workflow, action, {
    items,
    query: toQuery(filter, turnsOf(address()).at(-1).asOf ?? now()),
    done: rest => {
      chosen.only(rest);
      askAnew();
    },
  }));
  let table = null;
  const tablePlace = h('div', { class: 'table-place' });
  const figures = figuresStrip(workflow);
  const counts = countBar(workflow, go);
  const filters = filterForm(workflow, go, open);
  const message = listMessage(workflow, () => (location.hash = listAddress(collection)));
  const pages = pager({
    older: next => turn([...turnsOf(address()), next]),
    newer: () => turn(turnsOf(address()).slice(0, -1)),
    newest: () => {
      turnToFirst(address());
      askAnew();
      window.scrollTo(0, 0);
    },
    size: size => go({ top: sizeText(size) }),
    whyNoTotal: whyNoTotal(workflow),
  });
  const element = h('div', { class: 'list-page' },
    h('div', { class: 'list-head' }, h('h1', { tabindex: '-1' }, words.Items),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Keys', title: 'Keys', click: () => openHelp(workflow) }, h('kbd', {}, '?'))),
    figures.element, counts.element, filters.element, who.element, tablePlace, chosen.bar);

  async function load() {
    const stack = turnsOf(address());
    const { token, asOf } = stack.at(-1);
    const asked = asOf ?? now();
    const query = { ...firstQuery(filter, asked), ...(token && { continuationToken: token }) };
    const question = JSON.stringify([filter, token]);
    const began = performance.now();
    const answer = expectAnswer(await instances.list(query, question === answered ? etag : null));
    if (question !== JSON.stringify([filter, turnsOf(address()).at(-1).token])) return 0; // Filtered or turned meanwhile.
    if (answer.status === 400 && token) {
      turnToFirst(address()); // A page of a server that has been started anew: from the first one again.
      return 0;
    }
    if (answer.ok && token && answer.body[collection].length === 0 && answer.body.continuationToken === null) {
      nothingBehind(address());
      return 0;
    }
    answered = question;
    if (answer.status === 304) {
      pause = Math.min(QUIET_PAUSE, pause * SLOWER);
    } else {
      pause = PAUSE;
      etag = answer.etag;
      show(answer, stack, asked);
    }
    return Math.min(SLOWEST, Math.max(pause, 10 * (performance.now() - began)));
  }

  function show(answer, stack, asOf) {
    const { before } = stack.at(-1);
    const { body } = answer;
    const rows = answer.ok ? body[collection] : [];
    const first = stack.length === 1;
    beat();
    counts.update(body);
    const next = body?.continuationToken ?? null;
    const older = isEnd(next) ? null : { token: next, before: before + rows.length, asOf };
    const count = table.update(rows, JSON.stringify([filter, stack.length]), filter.order, older !== null);
    const total = body?.total ?? null;
    message.show({
      count, more: older !== null, filtered: isFiltered(filter) || !first, inbox: isInbox(filter), refused: answer.ok ? null : refusal(answer),
    });
    pages.update({ first, before, count: rows.length, total, older, order: filter.order, size: sizeOf(filter) });
    chosen.fits(total, !first || older !== null);
    document.title = `${body?.waiting ? `(${body.waiting.toLocaleString()} waiting) ` : ''}${words.Items} – CallCenter`;
    if (place && rows.length > 0) goToPlace(place, element);
    place = null;
  }

  // Those that wait have a table of their own.
  function select() {
    const inbox = isInbox(filter);
    counts.select(filter);
    filters.update(filter);
    figures.show(!inbox);
    who.element.hidden = !inbox || !who.element.hasChildNodes();
    if (table?.isInbox === inbox) return;
    table = { isInbox: inbox, ...(inbox ? inboxTable(workflow, chosen, { who: who.value, changed: askAnew }) : instanceTable(workflow, chosen)) };
    replace(tablePlace, table.newer, h('section', { class: 'card flush', 'aria-label': words.Items }, table.element, message.element, pages.element));
  }

  document.title = `${words.Items} – CallCenter`;
  select();
  const polling = poll(load);
  const leaveKeys = listKeys(() => table, () => element.querySelector('#search'));
  const leavePlace = keepPlace(element);
  return {
    element,
    goTo(query) {
      filter = Object.fromEntries(query);
      place = rememberedPlace();
      chosen.clear();
      select();
      askAnew();
    },
    stop() {
      polling.stop();
      figures.stop();
      leaveKeys();
      leavePlace();
    },
  };
}
