// The head of an instance's page: what it is called, how it is, since when, and what can be done.
import { h, replace, setText, whenChanged } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { copyButton } from '../lib/copy.js';
import { duration, growing, moment, readAlike } from '../lib/format.js';
import { hasEnded, pill, statusOfInstance } from '../lib/status.js';
import { took } from '../lib/took.js';
import { nameOf } from '../lib/words.js';
import { instanceActions } from './instanceActions.js';

export function instanceHead(workflow, changed) {
  const title = h('h1', { tabindex: '-1' });
  const status = h('div', { class: 'head-status' });
  const facts = h('dl', { class: 'facts' });
  const actions = instanceActions(workflow, changed);
  const showFacts = whenChanged((instanceId, createdAt, lastUpdatedAt, runtimeStatus, waitingFor, lasted) => {
    replace(status, pill(statusOfInstance(runtimeStatus, waitingFor)));
    const began = Date.parse(createdAt);
    const ended = hasEnded(runtimeStatus);
    const fine = readAlike([createdAt, lastUpdatedAt]);
    replace(facts,
      fact('Started', moment(createdAt, fine)),
      fact(ended ? 'Ended' : 'Last change', moment(lastUpdatedAt, fine)),
      fact('Duration', ended
        ? duration(lasted)
        : ticks(h('span', {}), () => growing(now() - began))),
      fact('Instance id', h('span', { class: 'id-with-copy' }, h('code', {}, instanceId), copyButton(instanceId, 'instance id'))));
  });
  return {
    element: h('header', { class: 'instance-head' }, h('div', { class: 'head-line' }, title, status, actions.element), facts),
    update(instance) {
      setText(title, nameOf(workflow, instance));
      showFacts(instance.instanceId, instance.createdAt, instance.lastUpdatedAt, instance.runtimeStatus, instance.progress?.waitingFor, took(instance));
      actions.update(instance, workflow.definition);
    },
    missing(id) {
      setText(title, id);
      replace(status);
      replace(facts);
      actions.clear();
    },
  };
}

const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
