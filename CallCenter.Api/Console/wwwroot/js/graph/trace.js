// What an instance has done, laid over the declared workflow: which states it visited and which ways it took.
// A choice leaves no step of its own, so the way between two steps is found in the declaration.
import { hasEnded } from '../lib/status.js';

export const START = '\u0000start';
export const END = '\u0000end';

export const edgeKey = (from, to) => `${from}\u0001${to}`;

// `retrying`: whether its last step waits for its next try.
// Returns { visits: state -> steps, passed: state -> payload, taken: edge -> how often, tones: state -> tone, current: state or null }.
export function trace(definition, instance, retrying = false) {
  const progress = instance.progress;
  const steps = progress?.steps ?? [];
  const ended = hasEnded(instance.runtimeStatus);
  const types = new Map(definition.states.map(state => [state.name, state.type]));
  const visits = new Map(definition.states.map(state => [state.name, []]));
  // States without a step of their own, and the payload that went through them.
  const passed = new Map();
  const taken = new Map();
  const take = (from, to) => taken.set(edgeKey(from, to), (taken.get(edgeKey(from, to)) ?? 0) + 1);

  let last = null;
  const goTo = to => {
    const way = last === null ? fromStart(definition, types, to) : findWay(definition, types, last, to);
    for (let i = 1; i < way.length; i++) {
      take(way[i - 1], way[i]);
      if (i < way.length - 1) passed.set(way[i], last === null ? instance.input ?? null : last.output);
    }
    return way.length > 0;
  };
  for (const step of steps) {
    goTo(step.state);
    visits.get(step.state)?.push(step);
    last = step;
  }

  // Where the instance stands can be behind its last step: in a choice, or in a fail state.
  const standsIn = progress?.state ?? null;
  const lastFailed = last !== null && last.output === null && last.endedAt !== null;
  let failedIn = null;
  if (standsIn !== null && standsIn !== last?.state && !lastFailed && types.has(standsIn) && goTo(standsIn)) {
    passed.set(standsIn, last === null ? instance.input ?? null : last.output);
  }
  if (instance.runtimeStatus === 'Failed') failedIn = failedState(definition, last, standsIn, passed, types, take);

  const position = standsIn !== null && types.has(standsIn) ? standsIn : null;
  const tones = new Map(definition.states.map(({ name }) =>
    [name, toneOf(name, visits.get(name).at(-1), passed.has(name), { instance, ended, failedIn, position, retrying })]));

  for (const state of definition.states) for (const inner of innerStates(state)) tones.set(inner, withinTone(tones.get(state.name)));

  if (instance.runtimeStatus === 'Completed') {
    const at = standsIn !== null && types.get(standsIn) === 'Succeed' ? standsIn : last?.state;
    if (at !== undefined) take(at, END);
  }
  if (failedIn !== null && types.get(failedIn) === 'Fail') take(failedIn, END);
  return { visits, passed, taken, tones, current: failedIn ?? position };
}

// What runs within a state leaves no steps of its own: it is as the state is, but which of it failed nobody knows.
const withinTone = tone => (['failed', 'caught'].includes(tone) ? 'idle' : tone);

const innerStates = state => (state.branches ?? (state.itemProcessor ? [state.itemProcessor] : []))
  .flatMap(flow => flow.states.flatMap(inner => [inner.name, ...innerStates(inner)]));

// The way to the first step, or to where an instance without steps stands: it may begin with choices.
function fromStart(definition, types, to) {
  if (to === definition.startAt) return [START, to];
  const way = types.get(definition.startAt) === 'Choice' ? findWay(definition, types, { state: definition.startAt }, to) : [];
  return way.length > 0 ? [START, ...way] : way;
}

// The states from the step's state to another, through choices only: the shortest such way. A step that failed and was
// handled left by a catch, any other left otherwise.
function findWay(definition, types, step, to) {
  const byCatch = step.error !== undefined && step.error !== null;
  const queue = [[step.state]];
  const seen = new Set();
  while (queue.length > 0) {
    const way = queue.shift();
    const from = way.at(-1);
    for (const transition of definition.transitions) {
      if (transition.from !== from) continue;
      if (way.length === 1 && (transition.kind === 'catch') !== byCatch) continue;
      if (transition.to === to) return [...way, to];
      if (types.get(transition.to) === 'Choice' && !seen.has(transition.to)) {
        seen.add(transition.to);
        queue.push([...way, transition.to]);
      }
    }
  }
  return [];
}

// Where a failed instance failed: in the fail state that it came to, else in the step that has no result, else in the choice
// behind the last step, which found no way on.
function failedState(definition, last, standsIn, passed, types, take) {
  if (standsIn !== null && passed.has(standsIn)) return standsIn;
  if (last === null) return definition.startAt;
  if (last.output === null) return last.state;
  const choice = definition.transitions.find(({ from, to, kind }) => from === last.state && kind !== 'catch' && types.get(to) === 'Choice');
  if (choice === undefined) return last.state;
  take(last.state, choice.to);
  passed.set(choice.to, last.output);
  return choice.to;
}

function toneOf(name, step, wasPassed, { instance, ended, failedIn, position, retrying }) {
  if (name === failedIn) return 'failed';
  const isHere = name === position && !ended;
  if (step === undefined && !wasPassed) return ended ? 'skipped' : 'idle';
  if (isHere && instance.runtimeStatus === 'Suspended') return 'paused';
  if (step === undefined) return isHere ? 'running' : 'done';
  if (step.endedAt === null) {
    if (instance.runtimeStatus === 'Terminated') return 'stopped';
    if (instance.progress.waitingFor) return 'waiting';
    return retrying ? 'retrying' : 'running';
  }
  return step.error ? 'caught' : 'done';
}
