// Older and newer. Pages have tokens, not numbers: the way back is a stack of those that led here.
import { h, setText } from '/console/js/lib/dom.js';
import { icon } from '/console/js/lib/icons.js';

export function pager({ older, newer, newest }) {
  let next = null;
  const range = h('span', { class: 'pager-range' });
  const button = (text, click, before, after) => h('button', { type: 'button', class: 'button small', click }, before, text, after);
  const toNewest = button('Newest', newest);
  const toNewer = button('Newer', newer, icon('back'));
  const toOlder = button('Older', () => older(next), null, icon('next'));
  const element = h('nav', { class: 'pager', 'aria-label': 'Pages', hidden: true }, range, toNewest, toNewer, toOlder);
  return {
    element,
    update(page, count, size, token) {
      next = token;
      element.hidden = page === 0 && token === null;
      setText(range, count === 0 ? '' : `${(page * size + 1).toLocaleString()}–${(page * size + count).toLocaleString()}`);
      toNewest.disabled = toNewer.disabled = page === 0;
      toOlder.disabled = token === null;
    },
  };
}
