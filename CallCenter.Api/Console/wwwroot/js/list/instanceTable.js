// The rows of the list. On a small screen the later columns go and their news moves under the name.
import { h, keyed, setAttribute } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { copyButton } from '../lib/copy.js';
import { countdown, duration, growing, moment } from '../lib/format.js';
import { hasEnded, pill, statusOfInstance } from '../lib/status.js';
import { took } from '../lib/took.js';
import { capital, eventOf, nameOf, whoFrom } from '../lib/words.js';
import { instanceAddress } from '../router.js';
import { answerOf } from '../schema/answer.js';

// Without a key the first column has the instance id already.
const columnsOf = ({ key, words }) => [
  [words.key, ''], ['Status', ''], ['Where it stands', 'wide-only'],
  ['Started', 'middle-only'], ['Duration', 'middle-only number'], ...(key ? [['Instance id', 'wide-only']] : []),
];

export function instanceTable(workflow) {
  const body = h('tbody');
  const element = h('table', { class: 'instances', hidden: true },
    h('caption', { class: 'visually-hidden' }, `${workflow.words.Items}, newest first`),
    h('thead', {}, h('tr', {}, columnsOf(workflow).map(([name, look]) => h('th', { scope: 'col', class: look }, name)))),
    body);
  let shownPage = null;
  let known = new Set();
  return {
    element,
    update(instances, page) {
      const samePage = shownPage === page;
      keyed(body, instances, one => one.instanceId, (one, _, wasThere) => {
        const row = instanceRow(workflow, one);
        if (samePage && !wasThere && !known.has(one.instanceId)) row.classList.add('fresh');
        return row;
      });
      known = new Set(instances.map(one => one.instanceId));
      shownPage = page;
      setAttribute(element, 'hidden', instances.length === 0 ? '' : null);
    },
  };
}

function instanceRow(workflow, one) {
  const status = statusOfInstance(one.runtimeStatus, one.waitingFor);
  const address = instanceAddress(workflow.collection, one.instanceId);
  return h('tr', { class: `tone-${status.tone}` },
    h('td', { class: 'name-cell' },
      h('a', { class: 'instance-link', href: address, 'data-action': 'open' }, nameOf(workflow, one)),
      h('div', { class: 'small-only name-more' }, standing(workflow, one),
        h('div', { class: 'quiet tiny-only' }, moment(one.createdAt), ' · ', lasted(one)))),
    h('td', { class: 'status-cell' }, pill(status)),
    h('td', { class: 'wide-only standing-cell' }, standing(workflow, one)),
    h('td', { class: 'middle-only quiet' }, moment(one.createdAt)),
    h('td', { class: 'middle-only number' }, lasted(one)),
    workflow.key && h('td', { class: 'wide-only id-cell' },
      h('span', { class: 'id-with-copy' }, h('code', { title: one.instanceId }, one.instanceId), copyButton(one.instanceId, 'instance id'))));
}

function standing(workflow, one) {
  const state = [one.state, one.attempt > 1 && `attempt ${one.attempt}`].filter(Boolean).join(', ');
  if (one.waitingFor && one.runtimeStatus === 'Running') {
    return h('div', { class: 'standing' }, h('strong', {}, whoHasTo(workflow, one.waitingFor)),
      one.deadline && ticks(h('span', { class: 'left' }), () => `${countdown(Date.parse(one.deadline) - now())} left`));
  }
  const why = one.outcome && h('div', { class: 'standing-why' }, h('bdi', {}, one.outcome));
  if (one.runtimeStatus === 'Failed') return h('div', { class: 'standing failure' }, one.error?.message ?? state, why);
  return h('div', { class: 'standing' }, state || 'Not begun', why);
}

function whoHasTo(workflow, waitingFor) {
  const event = eventOf(workflow, waitingFor);
  if (!event?.from) return `Waits for ${whoFrom(workflow, waitingFor)}`;
  return `${capital(event.from)} has to ${answerOf(event).decision ? 'decide' : 'answer'}`;
}

function lasted(one) {
  if (hasEnded(one.runtimeStatus)) return h('span', {}, duration(took(one)));
  const began = Date.parse(one.createdAt);
  return ticks(h('span', {}), () => growing(now() - began));
}
