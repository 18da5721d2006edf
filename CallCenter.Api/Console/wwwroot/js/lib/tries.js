// The tries of an activity. The workflow sees only what comes of them in the end; that one failed and is made again stands in the
// runtime's history. Nothing of the page is needed for it.

const time = text => (text ? Date.parse(text) : NaN);

// A history may have whole seconds only.
const begins = (step, event) => (/\.\d/.test(event.Timestamp) ? time(step.startedAt) : Math.floor(time(step.startedAt) / 1000) * 1000);

const ends = step => (step.endedAt ? time(step.endedAt) : Infinity);

const nameOf = event => event.FunctionName ?? event.Name;

// For each step { tries: [{ from, to, error }], nextAt, since }: the tries that ended, in milliseconds; when the next one is due, or since when one
// is under way, where the step has not ended. An event counts once, for the first step that it fits: a state may come again within a millisecond.
export function triesOf(states, steps, events) {
  const activities = new Map(states.map(state => [state.name, state.activity]));
  const found = steps.map(() => ({ tries: [], nextAt: null, since: null }));
  const over = new Set();
  events.forEach((event, index) => {
    if (!['TaskScheduled', 'TaskCompleted', 'TaskFailed'].includes(event.EventType)) return;
    const at = time(event.Timestamp);
    const which = steps.findIndex((step, one) =>
      !over.has(one) && activities.get(step.state) === nameOf(event) && begins(step, event) <= at && at <= ends(step));
    if (which < 0) return;
    const of = found[which];
    if (event.EventType === 'TaskScheduled') {
      if (of.nextAt === null && steps[which].endedAt === null) of.since = of.tries.length > 0 ? Math.max(at, of.tries.at(-1).to) : at;
      return;
    }
    const error = event.EventType === 'TaskFailed' ? errorOf(event) : null;
    of.tries.push({ from: Math.min(at, time(event.ScheduledTime) || at), to: at, error });
    of.since = null;
    if (error === null) over.add(which);
    of.nextAt = error !== null && steps[which].endedAt === null ? dueAt(events, index) : null;
  });
  return found;
}

const errorOf = ({ Reason, FailureDetails }) =>
  ({ type: FailureDetails?.ErrorType ?? '', message: FailureDetails?.ErrorMessage ?? Reason ?? '' });

// The timer behind a failure is the pause before the next try; one that has fired is over.
function dueAt(events, failure) {
  const next = events.findIndex((event, index) => index > failure && event.EventType === 'TimerCreated');
  if (next < 0) return null;
  const { FireAt } = events[next];
  return events.some((event, index) => index > next && event.EventType === 'TimerFired' && event.FireAt === FireAt) ? null : time(FireAt);
}

// How an open step stands with its tries: { number, of, nextAt, error }, with the number of the next try or of the one under way (`nextAt` is null
// then); null while no try has failed. `of` is null where the input does not say how many there are in all.
export function retryOf({ tries, nextAt }, input, now) {
  const error = tries.at(-1)?.error;
  if (!error) return null;
  return { number: tries.length + 1, of: input?.retry?.maxAttempts ?? null, nextAt: nextAt > now ? nextAt : null, error };
}

// The same for a row of a list, of which nothing is known but its state: what failed since an activity was last done.
export function retryOfRow(states, state, events, now) {
  const done = events.findLastIndex(event => event.EventType === 'TaskCompleted');
  const [found] = triesOf(states, [{ state, startedAt: events[Math.max(0, done)]?.Timestamp, endedAt: null }], events.slice(done + 1));
  return retryOf(found, inputOf(events), now);
}

function inputOf(events) {
  const input = events.find(event => event.EventType === 'ExecutionStarted')?.Input;
  try {
    return typeof input === 'string' ? JSON.parse(input) : input;
  } catch {
    return null;
  }
}

// 'Try 2 of 3'; `left` is how the pause before it is told ('4 s').
export function retryText({ number, of, nextAt }, left) {
  const which = `Try ${number}${of && of >= number ? ` of ${of}` : ''}`;
  return nextAt === null ? which : `${which} in ${left}`;
}
