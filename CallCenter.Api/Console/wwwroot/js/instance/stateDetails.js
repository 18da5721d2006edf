// What one state did: input, output, times, attempts, error. A state that was visited more than once shows one visit at a time.
import { now, ticks } from '../lib/clock.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { statesOf, waysOf } from '../lib/flow.js';
import { duration, growing, moment, readAlike } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { jsonBlock } from '../lib/json.js';
import { hasEnded, pill, statusOfState } from '../lib/status.js';
import { extras } from '../lib/step.js';
import { whoFrom } from '../lib/words.js';
import { edgeKey } from '../graph/trace.js';

export function stateDetails(workflow, choose) {
  const states = statesOf(workflow.definition);
  const transitions = waysOf(workflow.definition);
  const content = h('div', { class: 'details-content' });
  const element = h('section', { class: 'card details-card', 'aria-label': 'State details' }, content);
  const show = whenChanged((state, visits, visit, tone, taken, chosen, error, tried, retry, through, from, over) => {
    const step = visits[visit];
    const last = visit === visits.length - 1;
    replace(content,
      h('div', { class: 'details-head' }, h('h2', {}, state.name), pill(statusOfState(last ? tone : step.error ? 'caught' : 'done', from)),
        chosen && h('button', { type: 'button', class: 'link', click: () => choose(null) }, `Follow the ${workflow.words.item}`)),
      visits.length > 1 && visitPicker(state.name, visits.length, visit, choose),
      facts(workflow, state, step, tried, retry, over),
      error && failure(error),
      step?.error && failure(step.error),
      tried.some(one => one.error) && tries(tried, retry),
      state.type === 'Fail' && !error && h('p', { class: 'hint' }, `The process would end here with “${state.cause}”.`),
      step && payloads(state, step.input, step.output, step.endedAt ? 'None' : 'None yet'),
      // What only decides or ends changes nothing.
      !step && through !== null && payloads(state, through, state.end ? null : through, 'None'),
      ways(transitions, state.name, taken));
  });
  return {
    element,
    // `tried` are the tries of each step, `retry` is how the last step stands with them.
    update(instance, traced, selected, chosen, tried, retry) {
      const state = states.find(one => one.name === selected.state) ?? states[0];
      const visits = traced.visits.get(state.name) ?? [];
      const visit = Math.min(selected.visit ?? visits.length - 1, visits.length - 1);
      const step = instance.progress?.steps?.indexOf(visits[visit]) ?? -1;
      const tone = traced.tones.get(state.name) ?? 'idle';
      const taken = transitions.filter(way => way.from === state.name).map(way => traced.taken.get(edgeKey(way.from, way.to)) ?? 0);
      show(state, visits, visit, tone, taken, chosen, tone === 'failed' && visit === visits.length - 1 ? instance.error : null,
        tried[step]?.tries ?? [], step === tried.length - 1 ? retry : null, traced.passed.get(state.name) ?? null,
        instance.progress?.waitingFor ? whoFrom(workflow, instance.progress.waitingFor) : null,
        hasEnded(instance.runtimeStatus) ? instance.lastUpdatedAt : null);
    },
  };
}

function visitPicker(state, count, visit, choose) {
  const button = (label, symbol, to) => h('button', {
    type: 'button', class: 'icon-button', 'aria-label': label, 'data-action': label, disabled: to < 0 || to >= count, click: () => choose(state, to),
  }, icon(symbol));
  return h('div', { class: 'visits', role: 'group', 'aria-label': 'Visits' },
    button('Earlier visit', 'back', visit - 1), h('span', {}, `Visit ${visit + 1} of ${count}`), button('Later visit', 'next', visit + 1));
}

// `over`: when the instance ended; null while it goes on.
function howLong({ startedAt, endedAt }, over) {
  const until = end => Date.parse(end) - Date.parse(startedAt);
  if (endedAt) return duration(until(endedAt));
  return over ? growing(until(over)) : ticks(h('span', {}), () => growing(now() - Date.parse(startedAt)));
}

function facts(workflow, state, step, tried, retry, over) {
  const fine = step && readAlike([step.startedAt, step.endedAt]);
  const failed = tried.filter(one => one.error).length;
  const rows = [
    step && ['Started', moment(step.startedAt, fine)],
    step?.endedAt && ['Ended', moment(step.endedAt, fine)],
    step && ['Duration', howLong(step, over)],
    step && ['Attempt', String(step.attempt)],
    failed > 0 && ['Failed tries', retry?.of ? `${failed} of ${retry.of}` : String(failed)],
    retry?.nextAt && ['Next try', ticks(h('span', {}), () => nextTry(retry.nextAt - now()))],
    ...(step ? extras(step, workflow) : []),
    ['Type', state.type],
    state.seconds && ['Waits for', duration(1000 * state.seconds)],
    state.secondsPath && ['Waits for', h('span', {}, h('code', {}, state.secondsPath), ' seconds')],
    state.timestampPath && ['Waits until', h('code', {}, state.timestampPath)],
    state.activity && ['Activity', h('code', {}, state.activity)],
  ];
  return h('dl', { class: 'details-facts' }, rows.filter(Boolean).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

const payloads = (state, input, output, none) => [
  h('h3', {}, 'Input'), jsonBlock(input, `Input of ${state.name}`),
  h('h3', {}, 'Output'), output !== null && output !== undefined ? jsonBlock(output, `Output of ${state.name}`) : h('p', { class: 'empty-value' }, none)];

const nextTry = left => (left > 0 ? `in ${growing(left + 1000)}` : 'now');

// One after the other, when and why each failed.
function tries(tried, retry) {
  const began = tried.map(one => new Date(one.from).toISOString());
  const fine = readAlike(began);
  return [h('h3', {}, 'Tries'), h('ol', { class: 'tries' }, tried.map(({ from, to, error }, index) =>
    h('li', { class: error ? 'tone-failed' : 'tone-done' }, icon(error ? 'failed' : 'done'),
      h('div', {}, h('span', {}, `Try ${index + 1}`), h('span', { class: 'quiet' }, ' at ', moment(began[index], fine), `, ${duration(to - from)}`),
        error && h('p', {}, error.message === tried[index - 1]?.error?.message ? 'The same failure' : [error.message, ' ', h('code', {}, error.type)])))),
  retry && h('li', { class: retry.nextAt ? 'tone-retrying' : 'tone-running' }, icon(retry.nextAt ? 'retrying' : 'running'),
    h('div', {}, `Try ${retry.number}, `, retry.nextAt ? ticks(h('span', {}), () => nextTry(retry.nextAt - now())) : 'under way')))];
}

const failure = error => h('div', { class: 'failure-box tone-failed' }, icon('failed'),
  h('div', {}, h('strong', {}, error.message), h('code', {}, error.type)));

// Where it goes from here, and which of the ways were taken.
function ways(transitions, name, taken) {
  const all = transitions.filter(way => way.from === name);
  if (all.length === 0) return null;
  return [h('h3', {}, 'From here'), h('ul', { class: 'ways' }, all.map((way, index) =>
    h('li', { class: taken[index] ? 'way-taken' : null },
      h('span', {}, '→ ', way.to, way.label && h('span', { class: 'hint' }, ` ${way.label}`)),
      taken[index] > 0 && h('span', { class: 'way-mark' }, icon('done'), taken[index] > 1 ? `Taken ${taken[index]} times` : 'Taken'))))];
}
