// Older and newer. Pages have tokens, not numbers: the way back is the stack of those that led here.
import { h, setAttribute, setText } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

export function pager({ older, newer, newest }) {
  let next = null; // The page that `older` leads to.
  const range = h('span', { class: 'pager-range' });
  const button = (text, click, before, after) => h('button', { type: 'button', class: 'button small', click }, before, text, after);
  const toNewest = button('Newest', newest);
  const toNewer = button('Newer', newer, icon('back'));
  const toOlder = button('Older', () => next && older(next), null, icon('next'));
  const element = h('nav', { class: 'pager', 'aria-label': 'Pages', hidden: true }, range, toNewest, toNewer, toOlder);
  return {
    element,
    // Until the page that was asked for is there, `next` would lead to another. The button keeps the focus meanwhile.
    hold() {
      next = null;
      setAttribute(toOlder, 'aria-disabled', 'true');
    },
    update({ first, before, count, older: toNext }) {
      next = toNext;
      element.hidden = first && toNext === null;
      setText(range, count === 0 ? '' : `${(before + 1).toLocaleString()}–${(before + count).toLocaleString()}`);
      toNewest.disabled = toNewer.disabled = first;
      toOlder.disabled = toNext === null;
      setAttribute(toOlder, 'aria-disabled', null);
    },
  };
}
