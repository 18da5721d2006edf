// Walks the list, and does something to each of many, a few at a time. Nothing of the page is needed for it.

const AT_ONCE = 4;
const PAGE = 500;

// Every item that fits a question; null when `isStopped` says so. `list(query)` asks for a page, `progress(count)` hears how many there are.
export async function walk(list, query, collection, isStopped, progress) {
  const found = new Map();
  let token = null;
  do {
    if (isStopped()) return null;
    const answer = await list({ ...query, top: PAGE, ...(token !== null && { continuationToken: token }) });
    if (!answer.ok) throw new Refused(answer);
    // The list goes on while it is walked: what has moved to a later page is still one.
    for (const item of answer.body[collection]) found.set(item.instanceId, item);
    token = answer.body.continuationToken;
    progress(found.size);
  } while (token !== null);
  return [...found.values()];
}

class Refused extends Error {
  constructor(answer) {
    super('The list was refused.');
    this.answer = answer;
  }
}

// `call(item)` gives what went wrong with it, or null; `isStopped` ends it after those that are under way. Returns { done, failed, left }.
export async function inTurn(items, call, isStopped, progress) {
  const result = { done: [], failed: [], left: [] };
  let next = 0;
  const one = async () => {
    while (next < items.length && !isStopped()) {
      const item = items[next++];
      const wrong = await call(item);
      if (wrong === null) result.done.push(item);
      else result.failed.push({ item, why: wrong });
      progress(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  result.left = items.slice(next);
  return result;
}
