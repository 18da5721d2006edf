// Asks once what workflows there are; then shows the page that the address asks for.
import { pageHead } from './head.js';
import { instancePage } from './instance/instancePage.js';
import { api, forgetEarlyAnswers, refusal } from './lib/api.js';
import { h } from './lib/dom.js';
import { openHelp } from './lib/help.js';
import { onKeys } from './lib/keys.js';
import { expectAnswer, poll } from './lib/poll.js';
import { wordsOf } from './lib/words.js';
import { listPage } from './list/listPage.js';
import { listAddress, parse, rememberCollections } from './router.js';

const main = document.getElementById('main');

function begin(workflows) {
  const head = pageHead(workflows);
  const collections = workflows.map(one => one.collection);
  rememberCollections(collections);
  let shown = null;

  function show() {
    const route = parse(location.hash, collections);
    const workflow = workflows.find(one => one.collection === route.collection) ?? workflows[0];
    if (route.page === 'list' && shown?.page === 'list' && shown.workflow === workflow) {
      shown.view.goTo(route.query);
      return;
    }
    const first = shown === null;
    shown?.view.stop();
    const view = viewOf(route, workflow);
    // The way back to a list that led here is the browser's: it knows the filters and the place.
    const cameFrom = route.page === 'instance' && shown?.page === 'list' && shown.workflow === workflow;
    shown = { page: route.page, workflow, view, cameFrom };
    head.select(workflow);
    main.replaceChildren(view.element);
    window.scrollTo(0, 0);
    // After a click somebody who cannot see the page must learn that it is another one now.
    if (!first) view.element.querySelector('h1').focus({ preventScroll: true });
  }

  onKeys({
    '?': () => openHelp(shown.workflow),
    Escape: target => {
      if (shown.page !== 'instance' || target.closest('input, textarea, select')) return false;
      if (shown.cameFrom) history.back();
      else location.hash = listAddress(shown.workflow.collection);
      return true;
    },
  });
  window.addEventListener('hashchange', show);
  show();
  forgetEarlyAnswers();
}

function viewOf(route, workflow) {
  switch (route.page) {
    case 'list': return listPage(workflow, route.query);
    case 'instance': return instancePage(workflow, route.id);
    default: return nowhere(route.path, workflow);
  }
}

function nowhere(path, { collection, words }) {
  document.title = 'Nothing here – CallCenter';
  return {
    element: h('div', { class: 'card nothing' }, h('h1', { tabindex: '-1' }, 'There is nothing here'),
      h('p', {}, `This host has no workflow at ${path}.`),
      h('a', { class: 'button', href: listAddress(collection) }, `See all ${words.items}`)),
    stop() {},
  };
}

const asking = poll(async () => {
  const answer = expectAnswer(await api.workflows());
  if (!answer.ok) throw new Error(refusal(answer));
  asking.stop();
  begin(answer.body.workflows.map(one => ({ ...one, words: wordsOf(one) })));
  return null;
});

document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault(); // The address after the # belongs to the router.
  main.focus();
});
