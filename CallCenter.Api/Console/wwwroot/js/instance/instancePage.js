// One instance: where it stands, the picture, what each state did, and what can be done about it. Asked for again and again.
import { api, refusal } from '../lib/api.js';
import { beat, follows, now } from '../lib/clock.js';
import { say } from '../lib/connection.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { statesOf } from '../lib/flow.js';
import { icon } from '../lib/icons.js';
import { jsonBlock } from '../lib/json.js';
import { expectAnswer, poll } from '../lib/poll.js';
import { hasEnded, statusOfInstance } from '../lib/status.js';
import { retryOf, triesOf } from '../lib/tries.js';
import { nameOf } from '../lib/words.js';
import { listAddress } from '../router.js';
import { commandLine } from './commandLine.js';
import { definitionView } from './definitionView.js';
import { eventPanel } from './eventPanel.js';
import { historyView } from './historyView.js';
import { instanceHead } from './instanceHead.js';
import { outcome } from './outcome.js';
import { stateDetails } from './stateDetails.js';
import { stepTable } from './stepTable.js';
import { workflowView } from './workflowView.js';
import { trace } from '../graph/trace.js';

const SOON = 400;
const ENDED = 10_000;

export function instancePage(workflow, id) {
  const { definition, words, collection } = workflow;
  const states = statesOf(definition);
  const instances = api.of(collection);
  let instance = null;
  let etag = null;
  let changed = 0;
  // The reader's choice of a state and one visit to it; without one the page follows the instance.
  let chosen = null;
  // When the next try begins, while the page says that it is waited for.
  let due = null;

  // No state: follow the instance again.
  const choose = (state, visit = null) => {
    chosen = state === null ? null : { state, visit };
    show();
  };
  const soon = () => {
    changed = performance.now();
    polling.now();
  };

  const head = instanceHead(workflow, soon);
  const panel = eventPanel(workflow, soon);
  const banner = h('div', { class: 'outcome-place' });
  const graph = workflowView(workflow, choose);
  const details = stateDetails(workflow, choose);
  const steps = stepTable(choose, workflow);
  const whole = h('div', { class: 'whole' });
  const history = historyView(workflow, () => show());
  const commands = commandLine(workflow);
  const body = h('div', { class: 'instance-body', hidden: true },
    banner, panel.element,
    h('div', { class: 'instance-grid' },
      h('section', { class: 'card graph-card', 'aria-label': 'Workflow' }, h('div', { class: 'card-head' }, h('h2', {}, 'Workflow'), graph.tools), graph.element),
      details.element),
    steps.element,
    whole,
    history.element,
    commands.element,
    definitionView(workflow));
  const missing = h('div');
  const element = h('div', { class: 'instance-page' },
    h('nav', { 'aria-label': 'Breadcrumb' }, h('a', { class: 'back', href: listAddress(collection) }, icon('back'), `All ${words.items}`)),
    head.element, missing, body);

  const showWhole = whenChanged((input, output, status) => replace(whole,
    h('section', { class: 'card' }, h('h2', {}, `Input of the ${words.item}`), jsonBlock(input, `Input of the ${words.item}`)),
    h('section', { class: 'card' }, h('h2', {}, `Output of the ${words.item}`),
      output === null ? h('p', { class: 'empty-value' }, noOutput(status, words)) : jsonBlock(output, `Output of the ${words.item}`))));
  const showOutcome = whenChanged((shown, current, retry) => replace(banner, outcome(workflow, shown, { current }, retry)));
  const tell = whenChanged((status, state) => state && say(`The ${words.item} is ${status.toLowerCase()}: ${state}.`));

  async function load() {
    const answer = expectAnswer(await instances.find(id, etag));
    if (answer.status === 304) {
      history.update(instance);
      return pause();
    }
    if (!answer.ok) return notThere(answer);
    etag = answer.etag;
    instance = answer.body;
    changed = performance.now();
    show();
    return pause();
  }

  // What moved a moment ago will probably move again soon.
  function pause() {
    if (instance === null || hasEnded(instance.runtimeStatus)) return ENDED;
    return Math.min(2000, Math.max(SOON, (performance.now() - changed) / 10));
  }

  function show() {
    if (instance === null) return;
    beat();
    const known = history.known();
    const tried = triesOf(states, instance.progress?.steps ?? [], known.events);
    const standing = instance.runtimeStatus === 'Running' ? tried.at(-1) : null;
    const retry = standing && retryOf(standing, instance.input, now());
    due = retry?.nextAt ?? null;
    const traced = trace(definition, instance, Boolean(retry?.nextAt));
    const selected = chosen ?? { state: traced.current ?? definition.startAt, visit: null };
    body.hidden = false;
    replace(missing);
    head.update(instance);
    showOutcome(instance, traced.current, retry);
    panel.update(instance);
    graph.update(instance, traced, selected.state, retry);
    details.update(instance, traced, selected, chosen !== null, tried, retry);
    steps.update(instance, traced, selected, tried, known);
    // What a failed instance has for an output differs by runtime and says nothing that its error does not.
    showWhole(instance.input, instance.runtimeStatus === 'Failed' ? null : instance.output, instance.runtimeStatus);
    commands.update(instance);
    history.update(instance);
    const status = statusOfInstance(instance.runtimeStatus, instance.progress?.waitingFor);
    document.title = `${status.text}: ${nameOf(workflow, instance)} – CallCenter`;
    tell(status.text, instance.progress?.state);
  }

  function notThere(answer) {
    body.hidden = true;
    head.missing(id);
    replace(missing, h('div', { class: 'card nothing' },
      h('p', { class: 'nothing-title' }, instance === null ? `There is no such ${words.item}` : `This ${words.item} has been deleted`),
      h('p', {}, refusal(answer)),
      h('a', { class: 'button', href: listAddress(collection) }, `See all ${words.items}`)));
    document.title = `No such ${words.item} – CallCenter`;
    etag = null;
    return ENDED;
  }

  head.missing(id);
  const polling = poll(load);
  // Between two answers the clocks in the picture and in the timeline go on.
  const stopClock = follows(() => {
    if (instance === null || hasEnded(instance.runtimeStatus) || document.hidden) return;
    // A pause that is over is no change that the server would tell of.
    if (due !== null && now() >= due) return show();
    graph.tick();
    steps.tick();
  });
  return {
    element,
    stop() {
      polling.stop();
      stopClock();
      graph.stop();
    },
  };
}

function noOutput(status, { item }) {
  if (status === 'Failed') return `None, because the ${item} has failed. How far it got is in the output of its last step.`;
  return hasEnded(status) ? 'None' : 'None yet';
}
