// The head of the page: the workflows, where there is more than one, and the button that starts an instance of the one that is shown.
import { h, replace, setAttribute, setText } from './lib/dom.js';
import { listAddress } from './router.js';
import { openStartDialog } from './start/startDialog.js';

export function pageHead(workflows) {
  let shown = workflows[0];
  const start = document.getElementById('start');
  const tabs = workflows.map(({ collection, words }) => h('a', { class: 'workflow-tab', href: listAddress(collection) }, words.Items));
  const place = document.getElementById('workflows');
  replace(place, tabs);
  place.hidden = workflows.length < 2;
  start.addEventListener('click', () => openStartDialog(shown));
  return {
    select(workflow) {
      shown = workflow;
      setText(start, `Start ${workflow.words.anItem}`);
      start.hidden = false;
      tabs.forEach((tab, index) => setAttribute(tab, 'aria-current', workflows[index] === workflow ? 'page' : null));
    },
  };
}
