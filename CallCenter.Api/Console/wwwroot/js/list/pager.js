// Where in the list one is, the way on and back, and how many rows a page has. Pages have tokens, not numbers: the way back is the stack of
// those that led here.
import { h, setAttribute, setText } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { SIZES } from './question.js';

const WORDS = { newest: ['Newest', 'Newer', 'Older'], other: ['First', 'Previous', 'Next'] };

export function pager({ older, newer, newest, size, whyNoTotal }) {
  let next = null; // The page that `older` leads to.
  const range = h('span', { class: 'pager-range' });
  const button = (click, before, after) => {
    const name = h('span');
    return { name, element: h('button', { type: 'button', class: 'button small', click }, before, name, after) };
  };
  const toNewest = button(newest);
  const toNewer = button(newer, icon('back'));
  const toOlder = button(() => next && older(next), null, icon('next'));
  const rows = h('select', { id: 'page-size', change: () => size(Number(rows.value)) }, SIZES.map(count => h('option', { value: count }, count)));
  const element = h('nav', { class: 'pager', 'aria-label': 'Pages', hidden: true },
    range, h('label', { class: 'pager-size', for: 'page-size' }, 'Rows ', rows), toNewest.element, toNewer.element, toOlder.element);
  return {
    element,
    // Until the page that was asked for is there, `next` would lead to another. The button keeps the focus meanwhile.
    hold() {
      next = null;
      setAttribute(toOlder.element, 'aria-disabled', 'true');
    },
    // `total` is null where the host does not count.
    update({ first, before, count, total, older: toNext, order, size: chosen }) {
      next = toNext;
      const only = first && toNext === null;
      element.hidden = only && count === 0;
      const names = WORDS[!order || order === 'newest' ? 'newest' : 'other'];
      [toNewest, toNewer, toOlder].forEach(({ name, element: one }, index) => {
        setText(name, names[index]);
        one.hidden = only;
      });
      const figures = `${(before + 1).toLocaleString()}–${(before + count).toLocaleString()}`;
      setText(range, count === 0 ? '' : total === null ? figures : `${figures} of ${total.toLocaleString()}`);
      setAttribute(range, 'title', total === null ? whyNoTotal : null);
      rows.value = String(chosen);
      toNewest.element.disabled = toNewer.element.disabled = first;
      toOlder.element.disabled = toNext === null;
      setAttribute(toOlder.element, 'aria-disabled', null);
    },
  };
}
