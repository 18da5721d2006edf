// The HTTP contract as the pages use it: one function per call, answers as values.
import { learnServerTime } from './clock.js';
import { earlyAnswers } from './early.js';
import { askForKey, forgetKey, keepManagementAccess, managementAccess } from './key.js';
import { listPath, send, WORKFLOWS } from './send.js';
import { storedKey } from './storedKey.js';

const id = encodeURIComponent;
const MANAGEMENT = '/runtime/webhooks/durabletask/instances/';
const early = earlyAnswers();

export const api = {
  workflows: () => call('GET', WORKFLOWS),
  workflowAs: (collection, format) => call('GET', `/api/workflows/${id(collection)}?format=${id(format)}`),
  // The instances of one workflow.
  of(collection) {
    const all = `/api/${id(collection)}`;
    const one = instanceId => `${all}/${id(instanceId)}`;
    return {
      list: (query, etag) => call('GET', listPath(collection, query), { etag }),
      figures: etag => call('GET', `${all}/figures`, { etag }),
      find: (instanceId, etag) => call('GET', one(instanceId), { etag }),
      start: async (input, instanceId) => {
        const answer = await call('POST', `${all}${instanceId ? `?instanceId=${id(instanceId)}` : ''}`, { body: input });
        keepManagementAccess(answer.body?.statusQueryGetUri);
        return answer;
      },
      answer: (instanceId, event, payload) => call('POST', `${one(instanceId)}/${id(event.path)}`, { body: payload }),
      terminate: (instanceId, reason) => call('POST', `${one(instanceId)}/terminate${reason ? `?reason=${id(reason)}` : ''}`),
      remove: instanceId => call('DELETE', one(instanceId)),
    };
  },
};

// The Durable Functions management API stands beside the contract. A host may keep it for itself, so every call here may be refused.
export const management = {
  history: instanceId => manage('GET', instanceId, '', { showHistory: true, showHistoryOutput: true }),
  suspend: instanceId => manage('POST', instanceId, '/suspend', { reason: 'console' }),
  resume: instanceId => manage('POST', instanceId, '/resume', { reason: 'console' }),
  // The same input once more, under an id that the runtime makes.
  repeat: instanceId => manage('POST', instanceId, '/restart', { restartWithNewInstanceId: true }),
  rewind: instanceId => manage('POST', instanceId, '/rewind', { reason: 'console' }),
};

// There the key goes into the address and never into the header: on Functions a header beats the code of such an address.
function manage(method, instanceId, action, query) {
  const parameters = new URLSearchParams(managementAccess());
  for (const [name, value] of Object.entries(query)) parameters.set(name, value);
  return ask(method, `${MANAGEMENT}${id(instanceId)}${action}?${parameters}`, {});
}

async function call(method, path, { body, etag } = {}) {
  for (;;) {
    const key = storedKey();
    const headers = { ...(key && { 'x-functions-key': key }), ...(etag && { 'If-None-Match': etag }) };
    const answer = await (early.take(method, path, key) ?? ask(method, path, headers, body));
    if (answer.status !== 401) return answer;
    // Another call may have asked meanwhile: forget only the key that was refused.
    if (key === storedKey()) forgetKey();
    await askForKey(key !== null);
  }
}

async function ask(method, path, headers, body) {
  const answer = await send(method, path, headers, body);
  learnServerTime(answer.date, answer.sent);
  return answer;
}

// The page has begun: what was asked for before it and not taken is old from now on.
export const forgetEarlyAnswers = () => early.clear();

// What the server said of a call that it did not carry out, in its own words where it has some.
export const refusal = answer => answer.body?.detail ?? answer.body?.title ?? `The server answered ${answer.status}.`;
