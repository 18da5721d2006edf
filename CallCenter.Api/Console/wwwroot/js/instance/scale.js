// Lays a stretch of time out along a line, and folds the parts in which nothing happened where they would leave no room for the
// rest. Times are milliseconds, places are shares of the line's length from 0 to 1. Nothing of the page is needed for it.

// What is so short is never folded, nor what is no longer than this many times all that is shown.
const SHORTEST = 100;
const MANY = 3;
const FOLD = 0.13;
const ALL_FOLDS = 0.5;

// `moments` are times at which something began or ended, `busy` pairs of times between which something ran.
export function timeScale({ from, to, moments, busy }) {
  const times = [...new Set([from, ...moments.filter(time => time > from && time < to), to])].sort((a, b) => a - b);
  const parts = times.slice(1).map((end, index) => ({ from: times[index], to: end, length: end - times[index], folded: false }));
  const isBusy = part => busy.some(([begin, end]) => begin < part.to && end > part.from);
  fold(parts, isBusy);
  const folds = parts.filter(part => part.folded);
  const share = Math.min(FOLD, ALL_FOLDS / Math.max(1, folds.length));
  const kept = sum(parts.filter(part => !part.folded));
  const room = 1 - share * folds.length;
  let at = 0;
  for (const part of parts) {
    part.at = at;
    part.share = part.folded ? share : kept === 0 ? 0 : (room * part.length) / kept;
    at += part.share;
  }
  return {
    folds,
    at(time) {
      const part = parts.find(one => time <= one.to) ?? parts.at(-1);
      if (part === undefined || part.length === 0) return 0;
      return part.at + part.share * Math.min(1, Math.max(0, (time - part.from) / part.length));
    },
    ticks: pixels => ticks(parts, kept === 0 ? 0 : (room * pixels) / kept, pixels),
  };
}

const sum = parts => parts.reduce((length, part) => length + part.length, 0);

// The shortest first: of three waits of an hour none is long beside the others, and each beside what is to be seen.
function fold(parts, isBusy) {
  let kept = sum(parts.filter(isBusy));
  for (const part of parts.filter(one => !isBusy(one)).sort((a, b) => a.length - b.length)) {
    if (kept > 0 && part.length > SHORTEST && part.length > MANY * kept) part.folded = true;
    else kept += part.length;
  }
}

const APART = 52;
const STEPS = [1, 2, 5];

// Marks at round distances from where the line, or what is behind a fold, begins: [{ at, after, isFirst }], `after` in milliseconds.
function ticks(parts, scale, pixels) {
  if (!(scale > 0)) return [];
  let step = 1;
  for (let power = 0; step * scale < APART; power++) step = STEPS[power % 3] * 10 ** Math.floor(power / 3);
  const marks = [];
  for (const stretch of stretches(parts)) {
    const isFirst = stretch.from === parts[0].from;
    // Its last mark keeps clear of the fold's own word.
    const end = stretch.to === parts.at(-1).to ? stretch.length : stretch.length - APART / 2 / scale;
    for (let after = isFirst ? 0 : step; after <= end; after += step) marks.push({ at: stretch.at + (after * scale) / pixels, after, isFirst });
  }
  return marks;
}

// What lies between two folds is one stretch.
function stretches(parts) {
  const all = [];
  let open = null;
  for (const part of parts) {
    if (part.folded) open = null;
    else if (open) Object.assign(open, { to: part.to, length: open.length + part.length });
    else all.push(open = { from: part.from, to: part.to, length: part.length, at: part.at });
  }
  return all;
}
