// What ran when in an instance: the times between which something did, and all at which something began or ended.
// Nothing of the page is needed for it.

const TURNS = ['ExecutionSuspended', 'ExecutionResumed', 'ExecutionRewound', 'EventRaised'];

// `tried` are the tries of each step, `restarts` when the program was started anew, `until` the end of what has not ended.
export function spansOf({ steps, states, tried, events, restarts, until }) {
  const types = new Map(states.map(state => [state.name, state]));
  const busy = [];
  const moments = [...restarts, ...events.filter(event => TURNS.includes(event.EventType)).map(event => Date.parse(event.Timestamp))];
  steps.forEach((step, index) => {
    const [from, to] = [Date.parse(step.startedAt), step.endedAt ? Date.parse(step.endedAt) : until];
    moments.push(from, to);
    const { tries, since } = tried[index];
    busy.push(...tries.map(one => [one.from, one.to]));
    if (since !== null) busy.push([since, to]);
    // Of what no try is known nobody can tell how it passed its time, but for a state that waits by its nature.
    const state = types.get(step.state);
    if (tries.length === 0 && since === null && state?.type !== 'Wait' && !state?.waitsFor) busy.push([from, to]);
  });
  return { busy, moments: [...moments, ...busy.flat()] };
}
