// The keys of the list. The row that has the focus is the one that they are about.
import { onKeys } from '../lib/keys.js';

// `table()` is the one that is shown.
export function listKeys(table, search) {
  const rowOf = target => table().rowOf(target.closest('tbody tr'));
  const step = by => target => {
    const rows = table().rows();
    const at = rows.indexOf(target.closest('tbody tr'));
    // At the end there may be more than is shown.
    if (by > 0 && at === rows.length - 1 && at >= 0 && table().catchUp()) return table().rows()[0]?.focus();
    rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  };
  const onRow = does => target => {
    const row = rowOf(target);
    return row ? does(row, target) : false;
  };
  return onKeys({
    j: step(1),
    k: step(-1),
    r: onRow(row => row.answer?.(0)),
    u: onRow(row => row.answer?.(1)),
    n: onRow(row => row.write?.()),
    x: onRow(row => row.element.querySelector('.select input')?.click()),
    // On a link or a button in the row Enter is theirs.
    Enter: onRow((row, target) => (target === row.element ? row.open() : false)),
    '/': () => search().focus(),
    // From the note to its row, from the row to nothing.
    Escape: onRow((row, target) => (target === row.element ? target.blur() : row.element.focus())),
  });
}
