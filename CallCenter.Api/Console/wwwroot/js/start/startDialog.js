// Starts an instance, with a form made of the schema of its workflow's input.
import { api, refusal } from '../lib/api.js';
import { h, replace } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { instanceAddress } from '../router.js';
import { control } from '../schema/controls.js';
import { schemaForm } from '../schema/form.js';
import { fieldsOf } from '../schema/read.js';

const INSTANCE_ID = {
  path: 'instanceId', kind: 'text', title: 'Instance id', hint: 'Leave it empty to let the server choose one.', required: true, preset: null,
};

// `like` is the input of another instance to begin from.
export function openStartDialog(workflow, like = {}) {
  const { anItem, item } = workflow.words;
  const form = schemaForm(fieldsOf(workflow.input), like);
  const instanceId = control(INSTANCE_ID);
  instanceId.input.classList.add('code');
  const general = h('div', { class: 'refusal', role: 'alert' });
  // Groups and the instance id are for those who look for them.
  const groups = form.parts.filter(({ field }) => field.kind === 'group' && !field.required);
  const names = [...groups.map(({ field }) => field.title.toLowerCase()), 'instance id'];
  const more = h('details', { class: 'more-options' }, h('summary', {}, `More options: ${names.join(', ')}`),
    groups.map(({ element }) => element), instanceId.element);
  const body = h('div', { class: 'start-form', change: form.follow },
    form.parts.filter(part => !groups.includes(part)).map(({ element }) => element), more, general);

  const dialog = openDialog({ title: `Start ${anItem}`, body, confirm: `Start the ${item}`, wide: true, submit });

  async function submit() {
    form.clear();
    instanceId.refuse(null);
    replace(general);
    let answer;
    try {
      answer = await api.of(workflow.collection).start(form.body(), instanceId.value().trim());
    } catch {
      return replace(general, `There is no connection to the server: the ${item} may not have been started.`);
    }
    if (answer.ok) {
      dialog.close();
      location.hash = instanceAddress(workflow.collection, answer.body.id);
      return;
    }
    showRefusals(answer);
  }

  // The server names the fields that are wrong; an id that is taken can only be the instance id.
  function showRefusals(answer) {
    const errors = answer.body?.errors ?? [];
    const ofId = answer.status === 409 ? refusal(answer) : errors.find(error => error.field === 'instanceId' && !form.control('instanceId'))?.message;
    if (ofId) {
      more.open = true;
      instanceId.refuse(ofId);
      instanceId.focus();
    }
    more.open ||= errors.some(error => more.contains(form.control(error.field)?.element));
    const others = form.refuse(errors).filter(error => error.field !== 'instanceId');
    if (errors.length === 0 && !ofId) replace(general, refusal(answer));
    else replace(general, others.map(error => h('p', {}, error.message)));
  }
}
