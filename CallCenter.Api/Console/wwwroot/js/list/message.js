// What stands where there are no rows.
import { h, replace, whenChanged } from '../lib/dom.js';
import { openStartDialog } from '../start/startDialog.js';

export function listMessage(workflow, clear) {
  const { words } = workflow;
  const element = h('div', { class: 'list-message', role: 'status' });
  const clearFilters = () => h('button', { type: 'button', class: 'button', click: clear }, 'Clear the filters');
  const nothing = (title, ...more) => h('div', { class: 'nothing' }, h('p', { class: 'nothing-title' }, title), more);
  return {
    element,
    show: whenChanged(({ count, more, filtered, inbox, refused }) => {
      if (refused) replace(element, h('p', { class: 'refusal' }, refused), filtered && clearFilters());
      else if (count > 0) replace(element);
      else if (more) replace(element, h('p', { class: 'nothing' }, 'Nothing on this page, but there may be something on an older one.'));
      else if (inbox) replace(element, nothing(`No ${words.item} is waiting for an answer`, clearFilters()));
      else if (filtered) replace(element, nothing(`No ${words.item} matches these filters`, clearFilters()));
      else {
        replace(element, nothing(`No ${words.items} yet`,
          h('p', {}, 'Start one and watch it go through the workflow, step by step.'),
          h('button', { type: 'button', class: 'button primary', click: () => openStartDialog(workflow) }, `Start ${words.anItem}`)));
      }
    }),
  };
}
