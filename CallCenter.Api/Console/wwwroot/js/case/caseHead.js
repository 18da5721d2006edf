// The head of a case: what it is called, how it is, since when, and what can be done.
import { h, replace, setText, whenChanged } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { copyButton } from '../lib/copy.js';
import { duration, growing, moment } from '../lib/format.js';
import { hasEnded, pill, statusOfCase } from '../lib/status.js';
import { caseActions } from './caseActions.js';

export function caseHead(changed) {
  const title = h('h1', { tabindex: '-1' });
  const status = h('div', { class: 'head-status' });
  const facts = h('dl', { class: 'facts' });
  const actions = caseActions(changed);
  const showFacts = whenChanged((instanceId, createdAt, lastUpdatedAt, runtimeStatus, waitingFor) => {
    replace(status, pill(statusOfCase(runtimeStatus, waitingFor)));
    const began = Date.parse(createdAt);
    const ended = hasEnded(runtimeStatus);
    replace(facts,
      fact('Started', moment(createdAt)),
      fact(ended ? 'Ended' : 'Last change', moment(lastUpdatedAt)),
      fact('Duration', ended
        ? duration(Date.parse(lastUpdatedAt) - began)
        : ticks(h('span', {}), () => growing(now() - began))),
      fact('Instance id', h('span', { class: 'id-with-copy' }, h('code', {}, instanceId), copyButton(instanceId, 'instance id'))));
  });
  return {
    element: h('header', { class: 'case-head' }, h('div', { class: 'head-line' }, title, status, actions.element), facts),
    update(theCase, definition) {
      setText(title, theCase.caseId ?? theCase.instanceId);
      showFacts(theCase.instanceId, theCase.createdAt, theCase.lastUpdatedAt, theCase.runtimeStatus, theCase.progress?.waitingFor);
      actions.update(theCase, definition);
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
