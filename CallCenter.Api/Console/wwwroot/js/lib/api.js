// The HTTP contract as the pages use it: one function per call, answers as values.
import { learnServerTime } from './clock.js';
import { askForKey, forgetKey, keepManagementAccess, managementAccess, storedKey } from './key.js';

const id = encodeURIComponent;
// Beside the console, whatever prefix a proxy in front gives to both.
const BASE = new URL('.', document.baseURI).pathname.replace(/\/$/, '');
const MANAGEMENT = '/runtime/webhooks/durabletask/instances/';

// Longer than any answer takes: a server that has gone without a word must not be waited for.
const PATIENCE = 30_000;

export const api = {
  workflows: () => call('GET', '/api/workflows'),
  workflowAs: (collection, format) => call('GET', `/api/workflows/${id(collection)}?format=${id(format)}`),
  // The instances of one workflow.
  of(collection) {
    const all = `/api/${id(collection)}`;
    const one = instanceId => `${all}/${id(instanceId)}`;
    return {
      list: (query, etag) => call('GET', `${all}?${new URLSearchParams(query)}`, { etag }),
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
  return send(method, `${MANAGEMENT}${id(instanceId)}${action}?${parameters}`, {});
}

async function call(method, path, { body, etag } = {}) {
  for (;;) {
    const key = storedKey();
    const headers = { ...(key && { 'x-functions-key': key }), ...(etag && { 'If-None-Match': etag }) };
    const answer = await send(method, path, headers, body);
    if (answer.status !== 401) return answer;
    // Another call may have asked meanwhile: forget only the key that was refused.
    if (key === storedKey()) forgetKey();
    await askForKey(key !== null);
  }
}

async function send(method, path, headers, body) {
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = Date.now();
  const response = await fetch(BASE + path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
  });
  learnServerTime(response.headers.get('Date'), sent);
  const text = await response.text();
  return { status: response.status, ok: response.ok, etag: response.headers.get('ETag'), text, body: parsed(text) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// What the server said of a call that it did not carry out, in its own words where it has some.
export const refusal = answer => answer.body?.detail ?? answer.body?.title ?? `The server answered ${answer.status}.`;
