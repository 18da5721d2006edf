// One request of the HTTP contract, and its answer as a value.

// Beside the console, whatever prefix a proxy in front gives to both.
const BASE = new URL('.', document.baseURI).pathname.replace(/\/$/, '');

// Longer than any answer takes: a server that has gone without a word must not be waited for.
const PATIENCE = 30_000;

export const WORKFLOWS = '/api/workflows';

export const listPath = (collection, query) => `/api/${encodeURIComponent(collection)}?${new URLSearchParams(query)}`;

export async function send(method, path, headers, body) {
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const sent = Date.now();
  const response = await fetch(BASE + path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await response.text();
  const etag = response.headers.get('ETag');
  return { status: response.status, ok: response.ok, etag, text, body: parsed(text), date: response.headers.get('Date'), sent };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
