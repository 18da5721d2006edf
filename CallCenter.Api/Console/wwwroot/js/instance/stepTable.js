// The steps in the order in which they were taken, and when: a table with a timeline in it.
import { changes, cut } from '../lib/change.js';
import { now } from '../lib/clock.js';
import { h, keyed, setAttribute, setText } from '../lib/dom.js';
import { duration, growing, moment, plural } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { hasEnded, statusOfState } from '../lib/status.js';
import { extras } from '../lib/step.js';

const LONGEST = 80;

const columns = [
  ['State', ''], ['Attempt', 'number middle-only'], ['Started', 'middle-only'],
  ['Duration', 'number'], ['Timeline', 'timeline-head'], ['What it did', 'wide-only'],
];

export function stepTable(choose, workflow) {
  const body = h('tbody');
  const none = h('p', { class: 'empty-value' }, 'No step has begun yet.');
  const element = h('section', { class: 'card' }, h('h2', {}, 'Steps'),
    h('table', { class: 'steps' }, h('thead', {}, h('tr', {}, columns.map(([name, look]) =>
      h('th', { scope: 'col', class: look }, name)))), body), none);
  let shown = null;

  function place() {
    const { instance } = shown;
    const began = Date.parse(instance.createdAt);
    const end = hasEnded(instance.runtimeStatus) ? Date.parse(instance.lastUpdatedAt) : now();
    const share = time => Math.min(1, Math.max(0, (time - began) / Math.max(1, end - began)));
    for (const row of body.children) {
      if (!row.bar) continue;
      const stop = row.step.endedAt ? Date.parse(row.step.endedAt) : end;
      const from = share(Date.parse(row.step.startedAt));
      row.bar.style.setProperty('--from', `${from * 100}%`);
      row.bar.style.setProperty('--length', `${Math.max(0, share(stop) - from) * 100}%`);
      setText(row.took, row.step.endedAt ? duration(stop - Date.parse(row.step.startedAt)) : growing(end - Date.parse(row.step.startedAt)));
    }
  }

  return {
    element,
    update(instance, traced, selected) {
      shown = { instance };
      const steps = instance.progress?.steps ?? [];
      const seen = new Map();
      const rows = steps.map(step => {
        const visit = seen.get(step.state) ?? 0;
        seen.set(step.state, visit + 1);
        const last = (traced.visits.get(step.state)?.length ?? 0) - 1;
        const tone = visit === last ? traced.tones.get(step.state) : toneOf(step, instance);
        const isSelected = selected.state === step.state && (selected.visit ?? last) === visit;
        return { step, visit, tone, isSelected };
      });
      if (instance.progress?.stepsOmitted) rows.splice(2, 0, { omitted: instance.progress.stepsOmitted });
      keyed(body, rows,
        (row, index) => (row.omitted ? 'omitted' : `${row.step.state} ${row.step.startedAt} ${index}`),
        row => (row.omitted ? gap(row.omitted) : stepRow(row, choose, workflow)));
      setAttribute(none, 'hidden', steps.length > 0 ? '' : null);
      place();
    },
    tick: () => shown && place(),
  };
}

// A step that the picture does not tell of: an earlier visit, or a state that is no longer declared.
function toneOf(step, { runtimeStatus }) {
  if (step.endedAt === null) return hasEnded(runtimeStatus) ? 'stopped' : 'running';
  return step.error ? 'caught' : 'done';
}

function stepRow({ step, visit, tone, isSelected }, choose, workflow) {
  const bar = h('div', { class: 'bar' });
  const took = h('td', { class: 'number' });
  const row = h('tr', { class: `tone-${tone}${isSelected ? ' selected' : ''}` },
    h('th', { scope: 'row' }, h('button', {
      type: 'button', class: 'step-name', 'data-action': 'select', 'aria-pressed': String(isSelected), click: () => choose(step.state, visit),
    },
    icon(tone), step.state, h('span', { class: 'visually-hidden' }, `: ${statusOfState(tone).text}`))),
    h('td', { class: 'number middle-only' }, String(step.attempt)),
    h('td', { class: 'middle-only quiet' }, moment(step.startedAt)),
    took,
    h('td', { class: 'timeline-cell' }, h('div', { class: 'track', 'aria-hidden': 'true' }, bar)),
    h('td', { class: 'wide-only' }, result(step, workflow)));
  return Object.assign(row, { bar, took, step });
}

// What came out of it, and of whom it came, in a line; all of it is in the details of the state.
function result(step, workflow) {
  const did = step.output === null || step.output === undefined ? [] : changes(step.input, step.output);
  const parts = [...did.map(({ name, text }) => [name, text]), ...extras(step, workflow)]
    .map(([name, text]) => h('span', { class: 'did' }, name && h('span', { class: 'quiet' }, `${name} `), cut(text, LONGEST)));
  const nothing = step.endedAt ? 'nothing' : h('span', { class: 'quiet' }, 'not done yet');
  return [parts.length > 0 ? parts : nothing, step.error && h('span', { class: 'failure' }, ` ${step.error.message}`)];
}

const gap = count => h('tr', {}, h('td', { class: 'gap', colspan: columns.length },
  `${plural(count, 'earlier step')} left out: a long run keeps its first and its last steps`));
