// The raw history as the durable runtime wrote it, from the management API. The page itself lives on it too: what an activity tried,
// and when the program was restarted, stands nowhere else.
import { management } from '../lib/api.js';
import { copyButton } from '../lib/copy.js';
import { cut } from '../lib/change.js';
import { h, keyed, replace, whenChanged } from '../lib/dom.js';
import { downloadJson } from '../lib/download.js';
import { duration, moment, readAlike } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { jsonBlock } from '../lib/json.js';
import { hasEnded } from '../lib/status.js';
import { allRows, compactRows, kinds, ofKind } from './historyRows.js';

// How long what is known is good enough while the instance goes on: where it moves or the reader looks, and where not.
const SHORT = 2000;
const LONG = 30_000;
const LONGEST_NOTE = 160;

// `loaded` is told when there are new events.
export function historyView({ words }, loaded) {
  const body = h('tbody');
  const note = h('p', { class: 'hint' });
  const heads = ['#', 'Time', 'Event', 'Of', 'Took', 'Result'].map((name, at) => h('th', { scope: 'col', class: columns[at] }, name));
  const table = h('table', { class: 'history' }, h('thead', {}, h('tr', {}, heads)), body);
  const tools = h('div', { class: 'history-tools' });
  const shown = h('div', { hidden: true }, tools, table);
  const element = h('details', { class: 'card fold', toggle: () => unfold() }, h('summary', {}, h('h2', {}, 'History')), note, shown);
  let instance = null;
  let events = [];
  let restarts = [];
  let asked = { key: null, at: -Infinity };
  let refused = false;
  let isCompact = true;
  let kind = null;
  // The rows whose events are shown, by the number of their first event.
  const unfolded = new Set();

  function isDue() {
    const { runtimeStatus, lastUpdatedAt } = instance;
    const key = [runtimeStatus, lastUpdatedAt].join();
    const ended = hasEnded(runtimeStatus);
    const age = performance.now() - asked.at;
    const due = ended ? key !== asked.key : age >= (element.open || key !== asked.key || isRetrying() ? SHORT : LONG);
    if (due) asked = { key, at: performance.now() };
    return due;
  }

  // A retry is written down without a change that the instance itself would tell of.
  const isRetrying = () => instance.progress?.steps?.at(-1)?.endedAt === null && !instance.progress.waitingFor;

  function unfold() {
    if (element.open) show();
    refresh();
  }

  async function refresh() {
    if (instance === null || (refused && !element.open) || !isDue()) return;
    let answer;
    try {
      answer = await management.history(instance.instanceId);
    } catch {
      asked.key = null;
      return replace(note, 'There is no connection to the server.');
    }
    refused = !answer.ok;
    events = answer.body?.historyEvents ?? [];
    // Not every host remembers when it was started.
    restarts = (answer.body?.hostStarts ?? []).map(start => Date.parse(start));
    replace(note, refused ? notAvailable(answer.status) : events.length === 0 && 'The runtime has recorded nothing yet.');
    if (element.open) show();
    loaded();
  }

  function show() {
    shown.hidden = events.length === 0;
    const rows = isCompact ? compactRows(events, instance.input?.retry?.maxAttempts) : allRows(events);
    const counts = Object.keys(kinds).map(one => [one, ofKind(rows, one).length]).filter(([, count]) => count > 0);
    if (kind !== null && !counts.some(([one]) => one === kind)) kind = null;
    showTools(counts, kind, isCompact, rows.length);
    const fine = readAlike(events.map(event => event.Timestamp));
    const lines = ofKind(rows, kind).flatMap(row => {
      const isOpen = unfolded.has(row.first);
      return isOpen ? [{ ...row, fine, isOpen }, { json: row.events, first: row.first }] : [{ ...row, fine, isOpen }];
    });
    keyed(body, lines, line => `${isCompact} ${line.first} ${line.json ? 'json' : ''}`, line => (line.json ? jsonRow(line) : eventRow(line, fold)));
  }

  function fold(first) {
    if (!unfolded.delete(first)) unfolded.add(first);
    show();
  }

  const save = () => downloadJson(`${words.item}-${instance.instanceId}-history`, events);
  const pick = change => () => {
    change();
    show();
  };
  const choice = (name, isOn, change, count = null) => h('button', {
    type: 'button', class: 'button small', 'aria-pressed': String(isOn), 'data-action': name, click: pick(change),
  }, name, count !== null && h('span', { class: 'quiet' }, String(count)));
  const showTools = whenChanged((counts, chosen, compact, all) => {
    const focused = tools.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    replace(tools,
      h('div', { class: 'choice-row', role: 'group', 'aria-label': 'View' },
        choice('Compact', compact, () => (isCompact = true)), choice('Full', !compact, () => (isCompact = false))),
      h('div', { class: 'choice-row', role: 'group', 'aria-label': 'Show' },
        choice('All', chosen === null, () => (kind = null), all),
        counts.map(([one, count]) => choice(kinds[one], chosen === one, () => (kind = one), count))),
      h('div', { class: 'choice-row end' },
        copyButton(() => JSON.stringify(events, null, 2), 'the history as JSON', 'Copy JSON'),
        h('button', { type: 'button', class: 'button small', 'data-action': 'Save JSON', click: save }, icon('download'), 'Save JSON')));
    if (focused) tools.querySelector(`[data-action="${focused}"]`)?.focus();
  });

  return {
    element,
    // What it tells so far; `restarts` are the moments at which the program was started anew meanwhile, in milliseconds.
    known: () => ({ events, restarts }),
    update(fresh) {
      instance = fresh;
      refresh();
    },
  };
}

const columns = ['number', '', '', '', 'number middle-only', 'middle-only'];

function eventRow({ first, events, bad, title, of, from, to, note, fine, isOpen }, fold) {
  return h('tr', { class: bad ? 'tone-failed' : null },
    h('td', { class: 'number quiet' }, String(first)), h('td', { class: 'quiet' }, moment(from ?? events[0].Timestamp, fine)),
    h('th', { scope: 'row' }, h('button', {
      type: 'button', class: 'event-name', 'data-action': 'unfold', 'aria-expanded': String(isOpen), click: () => fold(first),
    }, icon('next'), title)),
    h('td', { class: 'of' }, of),
    h('td', { class: 'number middle-only' }, to ? duration(Date.parse(to) - Date.parse(from)) : ''),
    h('td', { class: `middle-only ${bad ? 'failure' : 'quiet'}`, title: note.length > LONGEST_NOTE ? note : null }, cut(note, LONGEST_NOTE)));
}

const jsonRow = ({ json, first }) => h('tr', { class: 'json-row' },
  h('td', { colspan: columns.length }, jsonBlock(json.length > 1 ? json : json[0], `Event ${first}`)));

const notAvailable = status => (status === 401 || status === 403
  ? 'This host shows its history only to callers with its management key. The steps above are the same run, as the workflow reported it.'
  : 'This host does not show its history here. The steps above are the same run, as the workflow reported it.');
