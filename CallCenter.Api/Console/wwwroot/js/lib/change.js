// What a step changed: its output held against its input, member by member, whatever they hold.

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Returns [{ name, text }]; a text that only grew is told by what was added to it, a value that is no object has no name.
export function changes(input, output) {
  if (!isObject(output)) return same(input, output) ? [] : [{ name: null, text: textOf(output) }];
  const before = isObject(input) ? input : {};
  const changed = Object.entries(output)
    .filter(([name, value]) => !same(before[name], value))
    .map(([name, value]) => ({ name, text: grewBy(before[name], value) ?? textOf(value) }));
  // An output of another kind than its input has not lost what it never had.
  const related = Object.keys(before).some(name => name in output);
  const lost = related ? Object.keys(before).filter(name => !(name in output)) : [];
  return [...changed, ...lost.map(name => ({ name, text: 'removed' }))];
}

const grewBy = (before, after) => (typeof before === 'string' && typeof after === 'string' && before !== '' && after.startsWith(before)
  ? after.slice(before.length)
  : null);

export const textOf = value => (typeof value === 'string' ? value : JSON.stringify(value));

// Whole characters: half an emoji is none.
export const cut = (text, length) => (text.length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);

// What there is to say of an output in one line: its message, where it has one.
export function summary(output) {
  if (!isObject(output)) return output === null || output === undefined ? null : cut(textOf(output), 300);
  const members = Object.entries(output);
  const message = members.find(([name, value]) => name.toLowerCase() === 'message' && typeof value === 'string');
  const plain = members.filter(([, value]) => value !== null && typeof value !== 'object');
  return cut(message ? message[1] : plain.map(([name, value]) => `${name}: ${value}`).join(', '), 300) || null;
}
