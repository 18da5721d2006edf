// One case: where it stands, the picture, what each state did, and what can be done about it. Asked for again and again.
import { api, refusal } from '../lib/api.js';
import { now } from '../lib/clock.js';
import { say } from '../lib/connection.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { jsonBlock } from '../lib/json.js';
import { expectAnswer, poll } from '../lib/poll.js';
import { hasEnded, statusOfCase } from '../lib/status.js';
import { listAddress } from '../router.js';
import { agentPanel } from './agentPanel.js';
import { caseHead } from './caseHead.js';
import { definitionView } from './definitionView.js';
import { historyView } from './historyView.js';
import { outcome } from './outcome.js';
import { stateDetails } from './stateDetails.js';
import { stepTable } from './stepTable.js';
import { mayHaveTries } from './tries.js';
import { workflowView } from './workflowView.js';
import { trace } from '../graph/trace.js';

const SOON = 400;
const ENDED = 10_000;

export function casePage(id) {
  let definition = null;
  let theCase = null;
  let etag = null;
  let changed = 0;
  // The reader's choice of a state and one visit to it; without one the page follows the case.
  let chosen = null;

  // No state: follow the case again.
  const choose = (state, visit = null) => {
    chosen = state === null ? null : { state, visit };
    show();
  };
  const soon = () => {
    changed = performance.now();
    polling.now();
  };

  const head = caseHead(soon);
  const agent = agentPanel(soon);
  const banner = h('div', { class: 'outcome-place' });
  const graph = workflowView(choose);
  const details = stateDetails(choose);
  const steps = stepTable(choose);
  const whole = h('div', { class: 'whole' });
  const history = historyView(() => show());
  const body = h('div', { class: 'case-body', hidden: true },
    banner, agent.element,
    h('div', { class: 'case-grid' },
      h('section', { class: 'card graph-card', 'aria-label': 'Workflow' }, h('h2', {}, 'Workflow'), graph.element),
      details.element),
    steps.element,
    whole,
    history.element,
    definitionView());
  const missing = h('div');
  const element = h('div', { class: 'case-page' },
    h('nav', { 'aria-label': 'Breadcrumb' }, h('a', { class: 'back', href: listAddress({}) }, icon('back'), 'All cases')),
    head.element, missing, body);

  const showWhole = whenChanged((input, output, status) => replace(whole,
    h('section', { class: 'card' }, h('h2', {}, 'Input of the case'), jsonBlock(input, 'Input of the case')),
    h('section', { class: 'card' }, h('h2', {}, 'Output of the case'),
      output === null ? h('p', { class: 'empty-value' }, noOutput(status)) : jsonBlock(output, 'Output of the case'))));
  const tell = whenChanged((status, state) => state && say(`The case is ${status.toLowerCase()}: ${state}.`));

  async function load() {
    definition ??= await loadDefinition();
    const answer = expectAnswer(await api.find(id, etag));
    if (answer.status === 304) {
      followHistory();
      return pause();
    }
    if (!answer.ok) return notThere(answer);
    etag = answer.etag;
    theCase = answer.body;
    changed = performance.now();
    show();
    return pause();
  }

  function followHistory() {
    const step = theCase.progress?.steps?.at(-1);
    const state = definition.states.find(one => one.name === step?.state);
    history.update(theCase, mayHaveTries(state, step, theCase.input, now()));
  }

  // What moved a moment ago will probably move again soon.
  function pause() {
    if (theCase === null || hasEnded(theCase.runtimeStatus)) return ENDED;
    return Math.min(2000, Math.max(SOON, (performance.now() - changed) / 10));
  }

  function show() {
    if (theCase === null) return;
    const traced = trace(definition, theCase);
    const selected = chosen ?? { state: traced.current ?? definition.startAt, visit: null };
    body.hidden = false;
    replace(missing);
    head.update(theCase, definition);
    replace(banner, outcome(theCase, traced));
    agent.update(theCase);
    graph.update(definition, theCase, traced, selected.state);
    details.update(definition, theCase, traced, selected, chosen !== null, history.events());
    steps.update(theCase, traced, selected);
    // What a failed case has for an output differs by runtime and says nothing that its error does not.
    showWhole(theCase.input, theCase.runtimeStatus === 'Failed' ? null : theCase.output, theCase.runtimeStatus);
    followHistory();
    const status = statusOfCase(theCase.runtimeStatus, theCase.progress?.waitingFor);
    document.title = `${status.text}: ${theCase.caseId ?? id} – CallCenter`;
    tell(status.text, theCase.progress?.state);
  }

  function notThere(answer) {
    body.hidden = true;
    head.missing(id);
    replace(missing, h('div', { class: 'card nothing' },
      h('p', { class: 'nothing-title' }, theCase === null ? 'There is no such case' : 'This case has been deleted'),
      h('p', {}, refusal(answer)),
      h('a', { class: 'button', href: listAddress({}) }, 'See all cases')));
    document.title = 'No such case – CallCenter';
    etag = null;
    return ENDED;
  }

  head.missing(id);
  const polling = poll(load);
  // Between two answers the clocks in the picture and in the timeline go on.
  const clock = setInterval(() => {
    if (theCase === null || hasEnded(theCase.runtimeStatus) || document.hidden) return;
    graph.tick();
    steps.tick();
  }, 1000);
  return {
    element,
    stop() {
      polling.stop();
      clearInterval(clock);
    },
  };
}

function noOutput(status) {
  if (status === 'Failed') return 'None: the case has failed. What it had reached is the output of its last step.';
  return hasEnded(status) ? 'None' : 'None yet';
}

async function loadDefinition() {
  const answer = expectAnswer(await api.workflow());
  if (!answer.ok) throw new Error(refusal(answer));
  return answer.body;
}
