// The raw history as the durable runtime wrote it, from the management API; fetched only when somebody opens it.
import { management } from '/console/js/lib/api.js';
import { h, keyed, replace } from '/console/js/lib/dom.js';
import { moment } from '/console/js/lib/format.js';
import { jsonBlock } from '/console/js/lib/json.js';

export function historyView() {
  const body = h('tbody');
  const note = h('p', { class: 'hint' });
  const table = h('table', { class: 'history', hidden: true }, h('thead', {}, h('tr', {}, ['#', 'Time', 'Event', 'Of'].map(name => h('th', { scope: 'col' }, name)))), body);
  const element = h('details', { class: 'card fold', toggle: () => refresh() }, h('summary', {}, h('h2', {}, 'History')), note, table);
  let theCase = null;
  let loaded = null;

  async function refresh() {
    if (!element.open || theCase === null || loaded === theCase.lastUpdatedAt + theCase.runtimeStatus) return;
    loaded = theCase.lastUpdatedAt + theCase.runtimeStatus;
    let answer;
    try {
      answer = await management.history(theCase.instanceId);
    } catch {
      loaded = null;
      return replace(note, 'There is no connection to the server.');
    }
    const events = answer.body?.historyEvents;
    table.hidden = !events?.length;
    replace(note, answer.ok ? (events?.length ? null : 'The runtime has written nothing yet.') : notAvailable(answer.status));
    keyed(body, events ?? [], (_, index) => String(index), eventRow);
  }

  return {
    element,
    update(fresh) {
      theCase = fresh;
      refresh();
    },
  };
}

function eventRow(event, index) {
  const { EventType, Timestamp, ...rest } = event;
  return h('tr', {}, h('td', { class: 'quiet' }, String(index + 1)), h('td', { class: 'quiet' }, moment(Timestamp)),
    h('th', { scope: 'row' }, h('details', {}, h('summary', {}, EventType), jsonBlock(rest, `Event ${index + 1}`))),
    h('td', {}, rest.FunctionName ?? rest.Name ?? rest.OrchestrationStatus ?? ''));
}

const notAvailable = status => (status === 401 || status === 403
  ? 'This host keeps its history for callers with its own key. The steps above are the same run, as the process told it.'
  : 'This host does not give its history here. The steps above are the same run, as the process told it.');
