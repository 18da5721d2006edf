// The table of the list, with any kind of rows, and the line that says what has come meanwhile.
import { h, replace, setAttribute, setText } from '../lib/dom.js';
import { plural } from '../lib/format.js';
import { orderText } from './abilities.js';
import { hold } from './hold.js';
import { rowKeeper } from './rowKeeper.js';

// `columns` are heads: [content, look, title]; `selection` hears of the rows that are shown.
export function rowTable({ words }, { look, columns, row, selection }) {
  const keeper = rowKeeper(row);
  const caption = h('caption', { class: 'visually-hidden' });
  const element = h('table', { class: `instances ${look}`, hidden: true },
    caption,
    h('thead', {}, h('tr', {}, columns.map(([content, where, title]) => h('th', { scope: 'col', class: where, title }, content)))),
    keeper.body);
  const newer = h('button', { type: 'button', class: 'button small newer', hidden: true, click: () => catchUp() });
  let latest = null;
  let shown = null;
  const isHeld = hold(keeper.body, () => catchUp());

  function catchUp() {
    if (newer.hidden) return;
    newer.hidden = true;
    show(latest.items, latest.page);
  }

  function show(items, page) {
    keeper.show(items, shown === page);
    shown = page;
    setAttribute(element, 'hidden', keeper.size === 0 ? '' : null);
    selection.rows(items);
  }

  return {
    element,
    newer: h('div', { class: 'newer-place' }, newer),
    rowOf: keeper.rowOf,
    // The rows as they stand, for the keys.
    rows: () => [...keeper.body.children],
    // What has come meanwhile is shown; false where nothing has.
    catchUp() {
      const has = !newer.hidden;
      catchUp();
      return has;
    },
    // Returns how many rows there are then.
    update(items, page, order, more) {
      setText(caption, `${words.Items}, ${orderText(order)}`);
      latest = { items, page };
      const stays = shown === page && keeper.size > 0 && isHeld();
      const { fresh, moved } = stays ? keeper.showHeld(items, more) : { fresh: 0, moved: false };
      if (!stays) show(items, page);
      else selection.rows(items);
      newer.hidden = fresh === 0 && !moved;
      const kind = !order || order === 'newest' ? 'newer' : 'more';
      replace(newer, fresh > 0 ? plural(fresh, `${kind} ${words.item}`, `${kind} ${words.items}`) : 'Bring up to date');
      return keeper.size;
    },
  };
}
