// How far back somebody had turned the pages, by the address of the list: the way back from one of them leads to the same page. A page has a
// token; `before`, how many there were on those before it, because a page may be short and still not be the last; and `asOf`, when the
// first was asked for, because a token goes with one question, and 'the last hour' is another one a second later.

const turned = new Map();
const first = [{ token: null, before: 0, asOf: null }];

// Tokens behind which there was nothing: a page that is just full cannot know that it is the last.
const ends = new Set();

export const turnsOf = address => turned.get(address) ?? first;

export const turnTo = (address, stack) => turned.set(address, stack);

export const turnToFirst = address => turned.delete(address);

export const isEnd = token => token === null || ends.has(token);

// The page turned out to be empty, and the last: back to the one before it.
export function nothingBehind(address) {
  const stack = turnsOf(address);
  ends.add(stack.at(-1).token);
  turned.set(address, stack.slice(0, -1));
}
