// Something done to many, in one dialog: what it will do and what it will not, then how far it is, then what failed and why.
import { refusedByManagement } from '../instance/instanceActions.js';
import { api, refusal } from '../lib/api.js';
import { openDialog } from '../lib/dialog.js';
import { h, replace } from '../lib/dom.js';
import { plural } from '../lib/format.js';
import { statusOfRuntime, pill } from '../lib/status.js';
import { toast } from '../lib/toast.js';
import { capital, nameOf } from '../lib/words.js';
import { instanceAddress } from '../router.js';
import { previewOf } from './preview.js';
import { inTurn, walk } from './run.js';

const NO_CONNECTION = 'There is no connection to the server.';
const SHOWN = 200;

// `items` are those that are selected; null stands for all that fit `query`. `done(rest)` hears, when
// something was done, of those to which it was not.
export function openBulkDialog(workflow, action, { items, query, done }) {
  const { collection, words } = workflow;
  const many = count => plural(count, words.item, words.items);
  const reason = h('input', { id: 'bulk-reason', type: 'text', autocomplete: 'off' });
  const body = h('div', { class: 'bulk', 'aria-live': 'polite' });
  // What happens on a click on the first button, and what on Cancel.
  let go = null;
  let stopped = false;
  let running = false;
  let result = null;
  let closedToUs = null;
  const isStopped = () => stopped || closedToUs !== null;
  const dialog = openDialog({
    title: `${action.verb} ${words.items}`,
    body, confirm: action.verb, tone: action.tone, wide: true,
    submit: () => go?.(),
    mayClose: () => {
      if (running) stop();
      return !running;
    },
    closed: () => {
      stop();
      if (running) toast(`${action.verb}: stops after those that are under way, because you left the list.`, 'stopped');
    },
  });
  const title = dialog.form.querySelector('h2');
  const confirmIs = (text, enabled = true) => {
    replace(dialog.submitButton, text);
    queueMicrotask(() => (dialog.submitButton.disabled = !enabled));
  };

  function stop() {
    stopped = true;
    if (running) replace(dialog.cancelButton, 'Stopping …');
  }

  async function read() {
    const line = h('p', {}, 'Reading the list …');
    replace(body, line);
    confirmIs(action.verb, false);
    try {
      items = await walk(asked => api.of(collection).list(asked), query, collection, isStopped, count => replace(line, `Reading the list … ${many(count)} so far.`));
      if (items) preview();
    } catch (error) {
      replace(body, h('p', { class: 'refusal' }, error.answer ? refusal(error.answer) : NO_CONNECTION));
    }
  }

  function preview() {
    const { fits, rows } = previewOf(action, items, workflow);
    const skipped = items.length - fits.length;
    replace(title, `${action.verb} ${many(fits.length)}?`);
    replace(body,
      fits.length > 0 ? h('p', {}, action.says) : h('p', {}, `None of them can be ${action.done}.`),
      h('table', { class: 'bulk-preview' },
        h('caption', { class: 'visually-hidden' }, 'By status'),
        h('thead', {}, h('tr', {}, ['Status', 'Number', 'What happens'].map(name => h('th', { scope: 'col', class: name === 'Number' ? 'number' : null }, name)))),
        h('tbody', {}, rows.map(({ status, count, why }) => h('tr', { class: why ? 'skipped' : null },
          h('td', {}, pill(statusOfRuntime(status))), h('td', { class: 'number' }, count.toLocaleString()),
          h('td', {}, why ? `Skipped: ${why}` : `Will be ${action.done}`))))),
      skipped > 0 && fits.length > 0 && h('p', { class: 'hint' }, `${many(skipped)} will be skipped.`),
      action.asksReason && fits.length > 0 && h('div', { class: 'field' }, h('label', { for: 'bulk-reason' }, 'Reason (optional)'), reason));
    confirmIs(`${action.verb} ${many(fits.length)}`, fits.length > 0);
    go = () => run(fits);
  }

  async function run(fits) {
    running = true;
    const bar = h('progress', { max: fits.length, value: 0, 'aria-label': action.doing });
    const line = h('p');
    const tell = ({ done: well, failed }) => {
      bar.value = well.length + failed.length;
      replace(line, `${(well.length + failed.length).toLocaleString()} of ${fits.length.toLocaleString()}`, failed.length > 0 && `, ${failed.length.toLocaleString()} failed`);
    };
    tell({ done: [], failed: [] });
    replace(title, `${action.doing} ${many(fits.length)}`);
    replace(body, bar, line);
    replace(dialog.cancelButton, 'Stop');
    confirmIs(action.doing, false);
    dialog.cancelButton.focus();
    const call = action.call(workflow, reason.value.trim());
    const wrongWith = async item => {
      try {
        const answer = await call(item.instanceId);
        if (answer.ok) return null;
        // It would say the same of every other.
        if (action.managed && [401, 403].includes(answer.status)) closedToUs = answer;
        return action.managed ? refusedByManagement(answer, words.item) : refusal(answer);
      } catch {
        return NO_CONNECTION;
      }
    };
    result = await inTurn(fits, wrongWith, isStopped, tell);
    running = false;
    done([...result.failed.map(one => one.item), ...result.left]);
    show();
  }

  function show() {
    const { done: well, failed, left } = result;
    replace(title, left.length > 0 ? 'Stopped' : failed.length > 0 ? `${capital(action.done)} ${well.length.toLocaleString()} of ${many(well.length + failed.length)}` : 'Done');
    dialog.submitButton.className = 'button primary';
    replace(body,
      h('p', {}, closedToUs && well.length === 0
        ? `${refusedByManagement(closedToUs, words.item)} Nothing was ${action.done}.`
        : `${many(well.length)} ${action.done}.`),
      left.length > 0 && h('p', {}, `${many(left.length)} left as ${left.length === 1 ? 'it was' : 'they were'}.`),
      failed.length > 0 && !closedToUs && [
        h('p', { class: 'refusal' }, `${many(failed.length)} failed:`),
        h('ul', { class: 'bulk-failed' }, failed.slice(0, SHOWN).map(({ item, why }) => h('li', {},
          // A tab of its own: this list is gone when the dialog is.
          h('a', { href: instanceAddress(collection, item.instanceId), target: '_blank', rel: 'opener' }, nameOf(workflow, item)), ' ',
          nameOf(workflow, item) !== item.instanceId && h('code', {}, item.instanceId), ' ', why))),
        failed.length > SHOWN && h('p', {}, `And ${(failed.length - SHOWN).toLocaleString()} more.`)]);
    dialog.cancelButton.hidden = true;
    confirmIs('Close');
    go = dialog.close;
    queueMicrotask(() => dialog.submitButton.focus());
  }

  if (items) preview();
  else read();
}
