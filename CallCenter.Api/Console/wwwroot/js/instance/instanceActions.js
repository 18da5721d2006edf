// What can be done to an instance, as its status allows. Suspend, resume and rewind belong to the management API, which a host
// may keep for itself.
import { api, management, refusal } from '../lib/api.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { downloadJson } from '../lib/download.js';
import { openDialog } from '../lib/dialog.js';
import { statesOf } from '../lib/flow.js';
import { icon } from '../lib/icons.js';
import { hasEnded } from '../lib/status.js';
import { toast, toastNoConnection } from '../lib/toast.js';
import { nameOf } from '../lib/words.js';
import { instanceAddress } from '../router.js';
import { openStartDialog } from '../start/startDialog.js';

export function instanceActions(workflow, changed) {
  const { item } = workflow.words;
  const instances = api.of(workflow.collection);
  const element = h('div', { class: 'actions', role: 'group', 'aria-label': 'Actions' });
  let instance = null;

  async function run(call, done, explain = refusal) {
    try {
      const answer = await call(instance.instanceId);
      toast(answer.ok ? done : explain(answer), answer.ok ? 'done' : 'failed');
    } catch {
      toastNoConnection('There is no connection to the server: try again when it is back.');
    }
    changed();
  }

  // The name stands by itself: it may be in a script that is written the other way.
  const question = verb => [`${verb} the ${item} `, h('bdi', {}, nameOf(workflow, instance)), '?'];
  const manage = (call, done) => run(call, done, answer => refusedByManagement(answer, item));
  const workAgain = () => run(async id => {
    const answer = await management.repeat(id);
    const started = answer.ok && (answer.body?.id ?? answer.body?.Id);
    if (started) location.hash = instanceAddress(workflow.collection, started);
    return answer;
  }, `The ${item} is worked on again as a new one.`, answer => refusedByManagement(answer, item));
  const terminate = () => {
    const reason = h('input', { id: 'reason', type: 'text', autocomplete: 'off' });
    const dialog = openDialog({
      title: question('Terminate'),
      body: [h('p', {}, 'It ends at once, where it is now, and cannot be resumed.'), h('label', { for: 'reason' }, 'Reason (optional)'), reason],
      confirm: 'Terminate',
      tone: 'danger',
      submit: async () => {
        await run(id => instances.terminate(id, reason.value.trim()), `The ${item} is being terminated.`);
        dialog.close();
      },
    });
  };
  const remove = () => {
    const dialog = openDialog({
      title: question('Delete'),
      body: [h('p', {}, `The ${item} and its history are removed for good.`)],
      confirm: 'Delete',
      tone: 'danger',
      submit: async () => {
        await run(instances.remove, `The ${item} is deleted.`);
        dialog.close();
      },
    });
  };

  const show = whenChanged((status, rewinds) => {
    const ended = hasEnded(status);
    replace(element, status !== null && [
      action('again', 'Start like this one', () => openStartDialog(workflow, instance.input ?? {})),
      status === 'Running' && action('paused', 'Suspend', () => manage(management.suspend, `The ${item} is being suspended.`)),
      status === 'Suspended' && action('running', 'Resume', () => manage(management.resume, `The ${item} is being resumed.`)),
      status === 'Failed' && action('next', 'Work on this again', workAgain, `Start a new ${item} with the same input`),
      rewinds && action('back', 'Rewind', () => manage(management.rewind, `The ${item} continues at the step that failed.`),
        `Run the failed step again, and continue from there`),
      !ended && action('stopped', 'Terminate', terminate),
      action('download', 'Save', () => downloadJson(`${item}-${instance.instanceId}`, instance), `Save everything known about this ${item} as JSON`),
      ended && action('trash', 'Delete', remove)]);
  });

  return {
    element,
    update(fresh, definition) {
      instance = fresh;
      show(fresh.runtimeStatus, canRewind(fresh, definition));
    },
    clear: () => show(null, false),
  };
}

const action = (symbol, text, click, title) =>
  h('button', { type: 'button', class: 'button small', title: title ?? null, 'data-action': text, click }, icon(symbol), text);

// What the workflow itself failed comes to the same end again: there is no step to take up.
const canRewind = ({ runtimeStatus, error }, definition) =>
  runtimeStatus === 'Failed' && !statesOf(definition).some(state => state.error && state.error === error?.type);

export function refusedByManagement({ status, body }, item) {
  if (typeof body === 'string') return body;
  if (status === 401 || status === 403) return 'This host keeps its management API for callers with its own key.';
  if (status === 410) return `The ${item} has ended in the meantime.`;
  if (status === 404) return `The management API of this host does not know this ${item}, or is not switched on.`;
  return `The management API answered ${status}.`;
}

