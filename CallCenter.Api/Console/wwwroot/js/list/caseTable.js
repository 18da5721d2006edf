// The rows of the list. On a small screen the later columns go and their news moves under the case's name.
import { h, keyed, setAttribute } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { copyButton } from '../lib/copy.js';
import { countdown, duration, growing, moment } from '../lib/format.js';
import { hasEnded, pill, statusOfCase } from '../lib/status.js';
import { caseAddress } from '../router.js';

const columns = [
  ['Case', ''], ['Status', ''], ['Where it stands', 'wide-only'],
  ['Started', 'middle-only'], ['Duration', 'middle-only number'], ['Instance id', 'wide-only'],
];

export function caseTable() {
  const body = h('tbody');
  const element = h('table', { class: 'cases', hidden: true },
    h('caption', { class: 'visually-hidden' }, 'Cases, newest first'),
    h('thead', {}, h('tr', {}, columns.map(([name, look]) => h('th', { scope: 'col', class: look }, name)))),
    body);
  let shownPage = null;
  let known = new Set();
  return {
    element,
    update(cases, page) {
      const samePage = shownPage === page;
      keyed(body, cases, one => one.instanceId, (one, _, wasThere) => {
        const row = caseRow(one);
        if (samePage && !wasThere && !known.has(one.instanceId)) row.classList.add('fresh');
        return row;
      });
      known = new Set(cases.map(one => one.instanceId));
      shownPage = page;
      setAttribute(element, 'hidden', cases.length === 0 ? '' : null);
    },
  };
}

function caseRow(one) {
  const status = statusOfCase(one.runtimeStatus, one.waitingFor);
  return h('tr', { class: `tone-${status.tone}` },
    h('td', { class: 'case-cell' },
      h('a', { class: 'case-link', href: caseAddress(one.instanceId), 'data-action': 'open' }, one.caseId ?? one.instanceId),
      h('div', { class: 'small-only case-more' }, standing(one), h('div', { class: 'quiet tiny-only' }, moment(one.createdAt), ' · ', lasted(one)))),
    h('td', { class: 'status-cell' }, pill(status)),
    h('td', { class: 'wide-only standing-cell' }, standing(one)),
    h('td', { class: 'middle-only quiet' }, moment(one.createdAt)),
    h('td', { class: 'middle-only number' }, lasted(one)),
    h('td', { class: 'wide-only id-cell' },
      h('span', { class: 'id-with-copy' }, h('code', { title: one.instanceId }, one.instanceId), copyButton(one.instanceId, 'instance id'))));
}

function standing(one) {
  const state = [one.state, one.attempt > 1 && `attempt ${one.attempt}`].filter(Boolean).join(', ');
  if (one.waitingFor && one.runtimeStatus === 'Running') {
    return h('div', { class: 'standing' }, h('strong', {}, 'An agent has to decide'),
      one.deadline && ticks(h('span', { class: 'left' }), () => `${countdown(Date.parse(one.deadline) - now())} left`));
  }
  if (one.runtimeStatus === 'Failed') return h('div', { class: 'standing failure' }, one.error?.message ?? state);
  return h('div', { class: 'standing' }, state || 'Not begun');
}

function lasted(one) {
  const began = Date.parse(one.createdAt);
  if (hasEnded(one.runtimeStatus)) return h('span', {}, duration(Date.parse(one.lastUpdatedAt) - began));
  return ticks(h('span', {}), () => growing(now() - began));
}
