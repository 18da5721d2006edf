// The raw history as the durable runtime wrote it, from the management API; fetched only when somebody wants it.
import { management } from '../lib/api.js';
import { h, keyed, replace } from '../lib/dom.js';
import { moment } from '../lib/format.js';
import { jsonBlock } from '../lib/json.js';
import { hasEnded } from '../lib/status.js';

const REFRESH = 2000;

// `loaded` is told when there are new events.
export function historyView(loaded) {
  const body = h('tbody');
  const note = h('p', { class: 'hint' });
  const heads = ['#', 'Time', 'Event', 'Of'].map(name => h('th', { scope: 'col' }, name));
  const table = h('table', { class: 'history', hidden: true }, h('thead', {}, h('tr', {}, heads)), body);
  const element = h('details', { class: 'card fold', toggle: () => refresh() }, h('summary', {}, h('h2', {}, 'History')), note, table);
  let instance = null;
  let wanted = false;
  let known = null;
  let events = [];
  let refused = false;

  async function refresh() {
    if (instance === null || !(element.open || (wanted && !refused))) return;
    // A retry is written down without a change that the instance itself would tell of.
    const version = [instance.lastUpdatedAt, instance.runtimeStatus, hasEnded(instance.runtimeStatus) ? '' : Math.floor(Date.now() / REFRESH)].join();
    if (known === version) return;
    known = version;
    let answer;
    try {
      answer = await management.history(instance.instanceId);
    } catch {
      known = null;
      return replace(note, 'There is no connection to the server.');
    }
    refused = !answer.ok;
    events = answer.body?.historyEvents ?? [];
    table.hidden = events.length === 0;
    replace(note, refused ? notAvailable(answer.status) : events.length === 0 && 'The runtime has written nothing yet.');
    keyed(body, events, (_, index) => String(index), eventRow);
    loaded();
  }

  return {
    element,
    events: () => events,
    // `alsoClosed`: something else on the page lives on the events.
    update(fresh, alsoClosed) {
      instance = fresh;
      wanted = alsoClosed;
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
  ? 'This host keeps its history for callers with its own key. The steps above are the same run, as the workflow told it.'
  : 'This host does not give its history here. The steps above are the same run, as the workflow told it.');
