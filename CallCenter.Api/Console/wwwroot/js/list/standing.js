// What a row says of where its instance stands, and since when.
import { h } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { countdown, duration, growing } from '../lib/format.js';
import { hasEnded } from '../lib/status.js';
import { took } from '../lib/took.js';
import { capital, eventOf, whoFrom } from '../lib/words.js';
import { answerOf } from '../schema/answer.js';
import { retryNote } from './retryNote.js';

export const stateOf = one => [one.state, one.attempt > 1 && `attempt ${one.attempt}`].filter(Boolean).join(', ');

export function standing(workflow, one) {
  const state = stateOf(one);
  if (one.waitingFor && one.runtimeStatus === 'Running') {
    return h('div', { class: 'standing' }, h('strong', {}, whoHasTo(workflow, one.waitingFor)), one.deadline && timeLeft(one.deadline));
  }
  const why = one.outcome && h('div', { class: 'standing-why' }, h('bdi', {}, one.outcome));
  if (one.runtimeStatus === 'Failed') return h('div', { class: 'standing failure' }, one.error?.message ?? state, why);
  return h('div', { class: 'standing' }, state || 'Not started', why, one.runtimeStatus === 'Running' && retryNote(workflow, one));
}

// Until the deadline; behind it, in red.
export function timeLeft(deadline) {
  const element = h('span', { class: 'left' });
  return ticks(element, () => {
    const left = Date.parse(deadline) - now();
    element.classList.toggle('overdue', left < 0);
    return left < 0 ? `overdue by ${growing(-left)}` : `${countdown(left)} left`;
  });
}

function whoHasTo(workflow, waitingFor) {
  const event = eventOf(workflow, waitingFor);
  if (!event?.from) return `Waits for ${whoFrom(workflow, waitingFor)}`;
  return `${capital(event.from)} has to ${answerOf(event).decision ? 'decide' : 'answer'}`;
}

export function lasted(one) {
  if (hasEnded(one.runtimeStatus)) return h('span', {}, duration(took(one)));
  const began = Date.parse(one.createdAt);
  return ticks(h('span', {}), () => growing(now() - began));
}
