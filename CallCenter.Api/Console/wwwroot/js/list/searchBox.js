// One box for what an instance is called. A search that goes on takes the place of the one before it in the address, so that one step
// back leaves it; Enter opens the one that is meant, where there is just one.
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { abilitiesOf, whyNoSearch } from './abilities.js';

const TYPING = 250;

export function searchBox(workflow, go, open) {
  const name = abilitiesOf(workflow).search ? 'search' : 'prefix';
  const what = workflow.key ? `${workflow.words.key} or instance id` : 'Instance id';
  const [label, placeholder] = name === 'search' ? [`Search: ${what}`, what] : ['Search: instance id begins with', 'Instance id begins with …'];
  let typing = 0;
  let address = {};
  const settle = () => {
    clearTimeout(typing);
    typing = 0;
    if (box.value !== inAddress()) go({ search: '', prefix: '', [name]: box.value }, inAddress() !== '');
  };
  const inAddress = () => address.search || address.prefix || '';
  const box = h('input', {
    id: 'search', type: 'search', placeholder, autocomplete: 'off', spellcheck: 'false', title: whyNoSearch(workflow),
    input: () => {
      clearTimeout(typing);
      typing = setTimeout(settle, TYPING);
    },
    keydown: event => {
      if (event.key !== 'Enter' || box.value.trim() === '') return;
      clearTimeout(typing);
      open(box.value.trim(), settle);
    },
  });
  return {
    element: h('div', { class: 'filter-search' }, icon('search'), h('label', { class: 'visually-hidden', for: 'search' }, label), box),
    update(filter) {
      address = filter;
      // What is being typed is on its way into the address.
      if (typing === 0) box.value = inAddress();
    },
  };
}
