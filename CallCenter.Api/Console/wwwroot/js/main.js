// Shows the page that the address asks for.
import { casePage } from './case/casePage.js';
import { listPage } from './list/listPage.js';
import { parse } from './router.js';
import { openStartDialog } from './start/startDialog.js';

const main = document.getElementById('main');
let shown = null;

function show() {
  const route = parse(location.hash);
  if (route.page === 'list' && shown?.page === 'list') {
    shown.view.goTo(route.query);
    return;
  }
  const first = shown === null;
  shown?.view.stop();
  const view = route.page === 'case' ? casePage(route.id) : listPage(route.query);
  shown = { page: route.page, view };
  main.replaceChildren(view.element);
  window.scrollTo(0, 0);
  // After a click somebody who cannot see the page must learn that it is another one now.
  if (!first) view.element.querySelector('h1').focus({ preventScroll: true });
}

document.getElementById('start').addEventListener('click', () => openStartDialog());
document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault(); // The address after the # belongs to the router.
  main.focus();
});
window.addEventListener('hashchange', show);
show();
