// How the last hour was: a strip above the list, and on demand the workflow with how long its states take. From the server's own counts;
// a host that keeps none has no strip, and says so in a word.
import { api, refusal } from '../lib/api.js';
import { now, ticks } from '../lib/clock.js';
import { h, replace, svg, whenChanged } from '../lib/dom.js';
import { growing } from '../lib/format.js';
import { chart, sums } from '../lib/minutes.js';
import { expectAnswer, poll } from '../lib/poll.js';
import { heatView } from './heatView.js';

const PAUSE = 60_000;
const [WIDTH, HEIGHT] = [480, 44];

export function figuresStrip(workflow) {
  const { words, list, collection } = workflow;
  if (!list?.figures) return noFigures(list);
  const instances = api.of(collection);
  let etag = null;
  const picture = h('div', { class: 'figures-chart' });
  const facts = h('dl', { class: 'figures-facts' });
  const heat = heatView(workflow);
  const element = h('section', { class: 'card figures', 'aria-label': 'The last hour' }, picture, facts, heat.element);

  const showMinutes = whenChanged(minutes => {
    const all = sums(minutes);
    const { bars, line, most } = chart(minutes, WIDTH, HEIGHT);
    const text = `The last hour: ${all.started.toLocaleString()} started, ${all.completed.toLocaleString()} completed, `
      + `${all.failed.toLocaleString()} failed, ${all.terminated.toLocaleString()} terminated; at most ${most.toLocaleString()} in a minute.`;
    replace(picture, svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' },
      svg('title', {}, text),
      bars.map(({ kind, x, y, w, h: tall }) => svg('rect', { class: `figures-${kind}`, x, y, width: w, height: tall })),
      svg('polyline', { class: 'figures-started', points: line })),
    h('div', { class: 'figures-axis', 'aria-hidden': 'true' }, h('span', {}, 'an hour ago'), h('span', {}, 'now')));
  });
  const showFacts = whenChanged((all, resolved, waiting, oldest) => replace(facts,
    fact('Started', all.started.toLocaleString(), 'started'),
    fact('Completed', all.completed.toLocaleString(), 'completed'),
    fact('Failed', all.failed.toLocaleString(), 'failed'),
    all.terminated > 0 && fact('Terminated', all.terminated.toLocaleString(), 'terminated'),
    fact('Resolved', resolved === null ? '–' : `${(100 * resolved).toFixed(resolved === 1 || resolved === 0 ? 0 : 1)} %`),
    workflow.events.length > 0 && fact('Waiting now', [waiting.toLocaleString(),
      oldest && ticks(h('span', { class: 'quiet' }), () => `, the oldest ${growing(now() - Date.parse(oldest))}`)])));

  const polling = poll(async () => {
    const answer = expectAnswer(await instances.figures(etag));
    if (answer.status === 304) return PAUSE;
    if (!answer.ok) {
      replace(facts, h('p', { class: 'refusal' }, refusal(answer)));
      return PAUSE;
    }
    etag = answer.etag;
    const { minutes, resolved, states, statesSince, waiting, oldestWaiting } = answer.body;
    showMinutes(minutes);
    showFacts(sums(minutes), resolved, waiting, oldestWaiting);
    heat.update(states, statesSince);
    return PAUSE;
  });
  return {
    element,
    show: shown => (element.hidden = !shown),
    stop() {
      polling.stop();
      heat.stop();
    },
  };
}

// A description of before says nothing of lists, and nothing is said of it.
function noFigures(list) {
  const element = h('p', { class: 'no-figures', hidden: list === undefined }, 'This host keeps no figures for the last hour.');
  return { element, show: shown => (element.hidden = !shown || list === undefined), stop() {} };
}

const fact = (name, value, kind) =>
  h('div', {}, h('dt', {}, kind && h('span', { class: `figures-key figures-${kind}`, 'aria-hidden': 'true' }), name), h('dd', {}, value));
