// The last hour as numbers and as the shapes of a small chart. Nothing of the page is needed for it.

const KINDS = ['completed', 'failed', 'terminated'];

export function sums(minutes) {
  const sum = name => minutes.reduce((all, minute) => all + minute[name], 0);
  return { started: sum('started'), completed: sum('completed'), failed: sum('failed'), terminated: sum('terminated') };
}

// Bars of what ended, one on top of the other, and a line of what was started, in a box of `width` by `height`.
export function chart(minutes, width, height) {
  const most = Math.max(1, ...minutes.map(minute => Math.max(minute.started, KINDS.reduce((all, kind) => all + minute[kind], 0))));
  const step = width / Math.max(1, minutes.length);
  const tall = number => (number / most) * height;
  const bars = minutes.flatMap((minute, index) => {
    let top = height;
    return KINDS.filter(kind => minute[kind] > 0).map(kind => {
      // One among thousands is seen, too.
      const h = Math.max(1, tall(minute[kind]));
      top = Math.max(0, top - h);
      return { kind, x: round(index * step + step * 0.15), y: round(top), w: round(step * 0.7), h: round(h) };
    });
  });
  const line = minutes.map((minute, index) => `${round((index + 0.5) * step)},${round(height - tall(minute.started))}`).join(' ');
  return { bars, line, most };
}

// How warm a state is: 0 for the fastest, 1 for the slowest, by orders of magnitude, because states differ by that.
export function heat(states) {
  const size = state => Math.log10(1 + 1000 * state.p95);
  const most = Math.max(...states.map(size), 0);
  return new Map(states.map(state => [state.name, most > 0 ? size(state) / most : 0]));
}

const round = number => Math.round(number * 100) / 100;
