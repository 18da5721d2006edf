// The runtime's events as rows: each by itself, or what belongs together as one. Nothing of the page is needed for it.

export const kinds = { activity: 'Activities', timer: 'Timers', event: 'External events', life: 'Start, end, pauses', failure: 'Failures' };

export function kindOf({ EventType }) {
  if (/^(Task|SubOrchestration)/.test(EventType)) return 'activity';
  if (EventType.startsWith('Timer')) return 'timer';
  return EventType === 'EventRaised' || EventType === 'EventSent' ? 'event' : 'life';
}

const hasFailed = event => /Failed$/.test(event.EventType) || event.OrchestrationStatus === 'Failed';

const subject = event => event.FunctionName ?? event.Name ?? '';

const reason = event => event.FailureDetails?.ErrorMessage ?? event.Reason ?? '';

// Returns [{ first, events, kind, failed, bad, title, of, note }]: `first` is the number of the row's first event, `failed` whether a failure is in it,
// and `bad` whether it ended with one.
export const allRows = events => events.map((event, index) => ({
  first: index + 1, events: [event], kind: kindOf(event), failed: hasFailed(event), bad: hasFailed(event),
  title: event.EventType, of: subject(event), note: event.OrchestrationStatus ?? reason(event),
}));

// A row for each activity, with all of its tries and the pauses between them, and for each timer. `most`: how many tries there are; behind the last
// one a timer is another's.
export function compactRows(events, most = Infinity) {
  const rows = [];
  const open = new Map();
  const timers = new Map();
  const add = (event, index) => {
    const row = { first: index + 1, events: [event], kind: kindOf(event) };
    rows.push(row);
    return row;
  };
  events.forEach((event, index) => {
    const name = subject(event);
    if (event.EventType === 'TimerCreated') {
      // The pause after a failed try is a part of its activity.
      const retried = [...open.values()].find(row => hasFailed(row.events.at(-1)) && row.events.filter(hasFailed).length < most);
      if (retried) retried.events.push(event);
      timers.set(event.FireAt, retried ?? add(event, index));
    } else if (event.EventType === 'TimerFired') {
      const row = timers.get(event.FireAt);
      if (row) row.events.push(event);
      else add(event, index);
    } else if (event.EventType.startsWith('Task')) {
      const row = open.get(name);
      if (row) row.events.push(event);
      const own = row ?? add(event, index);
      if (event.EventType === 'TaskCompleted') open.delete(name);
      else open.set(name, own);
    } else {
      add(event, index);
    }
  });
  return rows.map(told);
}

function told(row) {
  const [first] = row.events;
  const last = row.events.at(-1);
  if (row.kind === 'activity') {
    const ends = row.events.filter(event => event.EventType !== 'TaskScheduled' && kindOf(event) === 'activity');
    const end = ends.at(-1);
    const tries = ends.length > 1 ? `, ${ends.length} tries` : '';
    const waits = last.EventType === 'TimerCreated';
    const note = !end ? 'under way' : hasFailed(end) ? `${waits ? 'tried again later' : 'failed'}${tries}: ${reason(end)}` : `completed${tries}`;
    const bad = end !== undefined && hasFailed(end);
    const from = first.ScheduledTime ?? first.Timestamp;
    return { ...row, failed: row.events.some(hasFailed), bad, title: 'Activity', of: subject(first), from, to: end?.Timestamp, note };
  }
  if (row.kind === 'timer') {
    const fired = last.EventType === 'TimerFired';
    const [to, note] = fired ? [last.Timestamp, 'fired'] : [undefined, 'set'];
    return { ...row, failed: false, bad: false, title: 'Timer', of: '', from: first.Timestamp, to, note };
  }
  const title = { EventRaised: 'External event', EventSent: 'Event sent' }[first.EventType] ?? first.EventType;
  return { ...row, failed: hasFailed(first), bad: hasFailed(first), title, of: subject(first), note: first.OrchestrationStatus ?? reason(first) };
}

export const ofKind = (rows, kind) => rows.filter(row => kind === null || (kind === 'failure' ? row.failed : row.kind === kind));
