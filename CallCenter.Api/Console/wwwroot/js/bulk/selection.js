// Which rows are selected, on whatever page; or all that fit. The bar says how many, and what can be done with them.
import { h, replace } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { plural } from '../lib/format.js';
import { ACTIONS } from './actions.js';

// `act(action, items)` does something with them; null stands for all that fit the filters.
export function selection(workflow, act) {
  const { item, items } = workflow.words;
  const chosen = new Map();
  let all = false;
  let page = [];
  let fit = null; // How many fit; null where the host does not count.
  let more = false;
  let pageBox = null;
  const boxes = new Map();
  const isChosen = id => all || chosen.has(id);

  function set(one, on) {
    if (all) {
      all = false;
      page.forEach(other => chosen.set(other.instanceId, other));
    }
    if (on) chosen.set(one.instanceId, one);
    else chosen.delete(one.instanceId);
    show();
  }

  function setPage(on) {
    all = false;
    for (const one of page) {
      if (on) chosen.set(one.instanceId, one);
      else chosen.delete(one.instanceId);
    }
    show();
  }

  const clear = () => {
    all = false;
    chosen.clear();
    show();
  };

  const count = h('strong');
  const selectAll = h('button', {
    type: 'button', class: 'button small', click: () => {
      all = true;
      show();
    },
  });
  const bar = h('div', { class: 'bulk-bar', role: 'region', 'aria-label': 'Selection', hidden: true },
    count, selectAll,
    h('div', { class: 'bulk-actions' },
      ACTIONS.map(action => h('button', {
        type: 'button', class: 'button small', click: () => act(action, all ? null : [...chosen.values()]),
      }, icon(action.icon), action.verb)),
      h('button', { type: 'button', class: 'button small', click: clear }, 'Clear')));

  function show() {
    const here = page.filter(one => isChosen(one.instanceId)).length;
    pageBox.checked = here > 0 && here === page.length;
    pageBox.indeterminate = here > 0 && here < page.length;
    for (const [id, box] of boxes) box.checked = isChosen(id);
    bar.hidden = !all && chosen.size === 0;
    const known = fit === null ? '' : `${fit.toLocaleString()} `;
    replace(count, all ? `All ${known}that match are selected` : `${plural(chosen.size, item, items)} selected`);
    selectAll.hidden = all || here < page.length || !more;
    replace(selectAll, `Select all ${known}that match`);
  }

  return {
    bar,
    clear,
    // For the head of the table that is shown now.
    head() {
      pageBox = h('input', { type: 'checkbox', 'aria-label': 'Select all on this page', change: () => setPage(pageBox.checked) });
      return h('label', { class: 'select' }, pageBox);
    },
    cell(one, name) {
      const box = h('input', {
        type: 'checkbox', 'aria-label': `Select ${name}`, 'data-action': 'select', checked: isChosen(one.instanceId), change: () => set(one, box.checked),
      });
      boxes.set(one.instanceId, box);
      return h('td', { class: 'select-cell' }, h('label', { class: 'select' }, box));
    },
    // What is on the page now. What has not been seen for a while is known as it was then.
    rows(fresh) {
      page = fresh;
      const here = new Set(fresh.map(one => one.instanceId));
      for (const id of boxes.keys()) {
        if (!here.has(id)) boxes.delete(id);
      }
      fresh.filter(one => chosen.has(one.instanceId)).forEach(one => chosen.set(one.instanceId, one));
      show();
    },
    // How many fit, and whether there are others than those on this page.
    fits(total, isMore) {
      [fit, more] = [total, isMore];
      show();
    },
    // What has been done is done; what failed stays selected.
    only(rest) {
      all = false;
      chosen.clear();
      for (const one of rest) chosen.set(one.instanceId, one);
      show();
    },
  };
}
