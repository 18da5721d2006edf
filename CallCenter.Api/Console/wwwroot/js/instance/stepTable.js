// The steps in the order in which they were taken, and when: a table with a timeline in it.
import { changes, cut } from '../lib/change.js';
import { now } from '../lib/clock.js';
import { h, keyed, setAttribute, setText } from '../lib/dom.js';
import { statesOf } from '../lib/flow.js';
import { duration, growing, moment, plural, readAlike } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { hasEnded, statusOfState } from '../lib/status.js';
import { extras } from '../lib/step.js';
import { drawLane, timeline } from './timeline.js';

const LONGEST = 80;

export function stepTable(choose, workflow) {
  const body = h('tbody');
  const none = h('p', { class: 'empty-value' }, 'No step has started yet.');
  const times = timeline(statesOf(workflow.definition));
  const head = (name, look, more) => h('th', { scope: 'col', class: look }, name, more);
  const table = h('table', { class: 'steps' }, h('thead', {}, h('tr', {},
    head('State', ''), head('Attempt', 'number middle-only'), head('Started', 'middle-only'), head('Duration', 'number'),
    head(h('span', { class: 'visually-hidden' }, 'Timeline'), 'timeline-head', times.axis), head('What it did', 'wide-only'))), body);
  const element = h('section', { class: 'card steps-card' }, h('h2', {}, 'Steps'), table, none, times.note);
  let shown = null;

  function place() {
    const { instance, steps } = shown;
    if (steps.length === 0) return;
    const until = hasEnded(instance.runtimeStatus) ? Date.parse(instance.lastUpdatedAt) : now();
    const rows = [...body.children].filter(row => row.step);
    for (const { step, took } of rows) {
      const begun = Date.parse(step.startedAt);
      setText(took, step.endedAt ? duration(Date.parse(step.endedAt) - begun) : growing(until - begun));
    }
    times.place({ ...shown, until }, rows);
  }

  return {
    element,
    // `tried` are the tries of each step; `known` is what the runtime's history tells: { events, restarts }.
    update(instance, traced, selected, tried, known) {
      const steps = instance.progress?.steps ?? [];
      shown = { instance, steps, tried, ...known };
      const fine = readAlike(steps.map(step => step.startedAt));
      const seen = new Map();
      const rows = steps.map((step, index) => {
        const visit = seen.get(step.state) ?? 0;
        seen.set(step.state, visit + 1);
        const last = (traced.visits.get(step.state)?.length ?? 0) - 1;
        const tone = visit === last ? traced.tones.get(step.state) : toneOf(step, instance);
        const isSelected = selected.state === step.state && (selected.visit ?? last) === visit;
        const failures = tried[index].tries.filter(one => one.error).map(one => one.error.message);
        return { step, index, visit, tone, isSelected, fine, failures };
      });
      if (instance.progress?.stepsOmitted) rows.splice(2, 0, { omitted: instance.progress.stepsOmitted });
      keyed(body, rows,
        (row, index) => (row.omitted ? 'omitted' : `${row.step.state} ${row.step.startedAt} ${index}`),
        row => (row.omitted ? gap(row.omitted) : stepRow(row, choose, workflow)));
      setAttribute(none, 'hidden', steps.length > 0 ? '' : null);
      setAttribute(table, 'hidden', steps.length > 0 ? null : '');
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

function stepRow({ step, index, visit, tone, isSelected, fine, failures }, choose, workflow) {
  const lane = h('div', { class: 'lane', 'aria-hidden': 'true' });
  const took = h('td', { class: 'number took' });
  const row = h('tr', { class: `tone-${tone}${isSelected ? ' selected' : ''}` },
    h('th', { scope: 'row' }, h('button', {
      type: 'button', class: 'step-name', 'data-action': 'select', 'aria-pressed': String(isSelected), click: () => choose(step.state, visit),
    },
    icon(tone), h('span', {}, step.state), h('span', { class: 'visually-hidden' }, `: ${statusOfState(tone).text}`))),
    h('td', { class: 'number middle-only' }, String(step.attempt)),
    h('td', { class: 'middle-only quiet' }, moment(step.startedAt, fine)),
    took,
    h('td', { class: 'timeline-cell' }, lane),
    h('td', { class: 'wide-only' }, result(step, failures, workflow)));
  return Object.assign(row, { took, step, index, draw: drawLane(lane) });
}

// What came out of it, and of whom it came, in a line; all of it is in the details of the state.
function result(step, failures, workflow) {
  const did = step.output === null || step.output === undefined ? [] : changes(step.input, step.output);
  const parts = [...did.map(({ name, text }) => [name, text]), ...extras(step, workflow)]
    .map(([name, text]) => h('span', { class: 'did' }, name && h('span', { class: 'quiet' }, `${name} `), cut(text, LONGEST)));
  const nothing = step.endedAt ? 'nothing' : h('span', { class: 'quiet' }, 'not done yet');
  return [
    parts.length > 0 ? parts : nothing,
    step.error ? h('span', { class: 'failure' }, ` ${step.error.message}`) : failures.length > 0 && failedTries(failures)];
}

const failedTries = failures => h('p', { class: 'failure', title: failures.at(-1) },
  `${plural(failures.length, 'try', 'tries')} failed: ${cut(failures.at(-1), LONGEST)}`);

const gap = count => h('tr', {}, h('td', { class: 'gap', colspan: 6 },
  `${plural(count, 'earlier step')} left out: a long run keeps only its first and last steps`));
