// The rows of a table, by the ids of what they show. A row that stays keeps its element. While somebody has a hand on the table nothing
// moves: what is known is brought up to date where it stands, what has gone is marked, and what is new waits.
import { h } from '../lib/dom.js';

// `build(item)` makes a row: { element, update(item), leave?(), mayGo?() }.
export function rowKeeper(build) {
  const body = h('tbody');
  let rows = new Map();

  function rowFor(item) {
    const known = rows.get(item.instanceId);
    if (known) {
      known.element.classList.remove('gone');
      known.update(item);
      return known;
    }
    const row = build(item);
    row.element.dataset.key = item.instanceId;
    return row;
  }

  function leave(row) {
    if (!row.element.classList.contains('gone')) row.leave?.();
    row.element.classList.add('gone');
  }

  // Shows all of it, but for rows that do not want to go yet: those stay where they are.
  function showAll(items, samePage) {
    const wanted = new Map(items.map(item => [item.instanceId, rowFor(item)]));
    for (const [id, row] of wanted) row.element.classList.toggle('fresh', samePage && !rows.has(id));
    const order = [...wanted.values()];
    [...rows.entries()].forEach(([id, row], index) => {
      if (!samePage || wanted.has(id) || (row.mayGo?.() ?? true)) return;
      leave(row);
      wanted.set(id, row);
      order.splice(index, 0, row);
    });
    rows = new Map(order.map(row => [row.element.dataset.key, row]));
    order.forEach(({ element }, index) => {
      if (body.children[index] !== element) body.insertBefore(element, body.children[index] ?? null);
    });
    while (body.children.length > order.length) body.lastElementChild.remove();
  }

  return {
    body,
    get size() {
      return rows.size;
    },
    rowOf: element => rows.get(element?.closest?.('tr')?.dataset.key) ?? null,
    show: showAll,
    // Returns how many are new, and whether anything else has changed its place. With `more` behind them, what was at the end may only have
    // moved to the next page.
    showHeld(items, more) {
      const here = new Set(items.map(item => item.instanceId));
      items.filter(item => rows.has(item.instanceId)).forEach(rowFor);
      let isWithin = !more;
      for (const [id, row] of [...rows].reverse()) {
        if (here.has(id)) isWithin = true;
        else if (isWithin) leave(row);
      }
      const known = items.filter(item => rows.has(item.instanceId)).map(item => item.instanceId);
      return { fresh: items.length - known.length, moved: [...rows.keys()].join('\n') !== known.join('\n') };
    },
  };
}
