// What a row says of an activity that failed and is tried again. A list does not know of it, so the history of an instance is read, once for each
// change and one after the other, where it has stood for longer than an activity usually takes.
import { management } from '../lib/api.js';
import { cut } from '../lib/change.js';
import { now, ticks } from '../lib/clock.js';
import { h } from '../lib/dom.js';
import { statesOf } from '../lib/flow.js';
import { growing } from '../lib/format.js';
import { retryOfRow, retryText } from '../lib/tries.js';

const LONG = 2000;
const LONGEST = 120;
const MOST = 200;

// What was found, by instance and change; a row is made more than once.
const found = new Map();
let asking = false;
let refused = false;

export function retryNote(workflow, { instanceId, state, lastUpdatedAt }) {
  const states = statesOf(workflow.definition);
  if (!states.find(one => one.name === state)?.activity) return null;
  const key = `${instanceId} ${lastUpdatedAt}`;
  const element = h('div', { class: 'standing-why' });
  return ticks(element, () => {
    const known = found.get(key);
    if (known) return told(known);
    const isTime = known === undefined && now() - Date.parse(lastUpdatedAt) >= LONG;
    if (isTime && !asking && !refused && element.offsetParent) ask(key, instanceId, states, state);
    return '';
  });
}

async function ask(key, instanceId, states, state) {
  asking = true;
  try {
    const answer = await management.history(instanceId);
    // A host may keep its histories for itself.
    refused = answer.status === 401 || answer.status === 403;
    if (found.size >= MOST) found.clear();
    found.set(key, answer.ok ? retryOfRow(states, state, answer.body?.historyEvents ?? [], now()) : null);
  } catch {
    // No connection: the page says so, and the next beat asks again.
  }
  asking = false;
}

function told(retry) {
  const left = retry.nextAt - now();
  return `${left > 0 ? retryText(retry, growing(left + 1000)) : retryText({ ...retry, nextAt: null })}: ${cut(retry.error.message, LONGEST)}`;
}
