// Starts a case. Nothing is checked here: what may be sent is the server's to say, and its words appear under the field.
import { api, refusal } from '../lib/api.js';
import { h, replace } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { caseAddress } from '../router.js';

// `like` is the input of another case to begin from.
export function openStartDialog(like = {}) {
  const fields = [
    text('inputCaseID', 'Case id', like.inputCaseID, { hint: 'Whatever your customer’s problem goes by, for example 001.' }),
    choice('workMode', 'Who works on it', like.workMode, [
      ['simulated', 'The program', 'It tosses a coin.'],
      ['agent', 'An agent', 'The case waits for a decision.']]),
    number('agentDeadlineSeconds', 'How long it waits for the agent, in seconds', like.agentDeadlineSeconds, 1800),
    choice('onEscalation', 'When it is not resolved', like.onEscalation, [
      ['fail', 'Escalate and fail', 'Tier 2 takes over.'],
      ['workAgain', 'Escalate and work again', 'Until the attempts are used up.']]),
    number('maxAttempts', 'How often it is worked on at most', like.maxAttempts, 5),
    number('retry.maxAttempts', 'Attempts in all', like.retry?.maxAttempts, 3),
    number('retry.firstDelaySeconds', 'First delay, seconds', like.retry?.firstDelaySeconds, 1),
    number('retry.backoff', 'Each next: times', like.retry?.backoff, 2),
    text('instanceId', 'Instance id', '', { hint: 'Leave it empty and the server chooses one.', code: true }),
  ];
  const field = Object.fromEntries(fields.map(one => [one.name, one]));
  const general = h('div', { class: 'refusal', role: 'alert' });
  const retry = h('details', { class: 'more-options' }, h('summary', {}, 'More options: retries, instance id'),
    h('fieldset', { class: 'three' }, h('legend', {}, 'When a step fails'),
      field['retry.maxAttempts'].element, field['retry.firstDelaySeconds'].element, field['retry.backoff'].element),
    field.instanceId.element);
  const onChange = () => {
    field.agentDeadlineSeconds.element.hidden = field.workMode.value() !== 'agent';
    field.maxAttempts.element.hidden = field.onEscalation.value() !== 'workAgain';
  };
  const body = h('div', { class: 'start-form', change: onChange },
    field.inputCaseID.element, field.workMode.element, field.agentDeadlineSeconds.element,
    field.onEscalation.element, field.maxAttempts.element, retry, general);
  onChange();

  const dialog = openDialog({ title: 'Start a case', body, confirm: 'Start the case', wide: true, submit });

  async function submit() {
    fields.forEach(one => one.refuse(null));
    replace(general);
    let answer;
    try {
      answer = await api.start(toInput(fields), field.instanceId.value());
    } catch {
      return replace(general, 'There is no connection to the server: the case may not have been started.');
    }
    if (answer.ok) {
      dialog.close();
      location.hash = caseAddress(answer.body.id);
      return;
    }
    showRefusals(answer);
  }

  // The server names the fields that are wrong; an id that is taken can only be the instance id.
  function showRefusals(answer) {
    const errors = answer.body?.errors ?? [];
    const wrong = answer.status === 409 ? [{ field: 'instanceId', message: refusal(answer) }] : errors;
    const known = wrong.filter(error => field[error.field]);
    for (const { field: name, message } of known) {
      field[name].refuse(message);
      field[name].element.hidden = false;
      if (retry.contains(field[name].element)) retry.open = true;
    }
    if (known.length > 0) field[known[0].field].focus();
    else replace(general, refusal(answer));
  }
}

// Only what was filled in is sent: everything else has the server's default.
function toInput(fields) {
  const input = { inputCaseID: '' };
  for (const { name, value } of fields) {
    if (name === 'instanceId' || value() === '') continue;
    const [group, property] = name.split('.');
    if (property) input[group] = { ...input[group], [property]: value() };
    else input[name] = value();
  }
  return input;
}

function text(name, label, value, { hint, code } = {}) {
  const input = h('input', { id: name, type: 'text', autocomplete: 'off', spellcheck: 'false', class: code && 'code' });
  input.value = value ?? '';
  return withRefusal(name, input, () => (name === 'inputCaseID' ? input.value : input.value.trim()), parts =>
    h('div', { class: 'field' }, h('label', { for: name }, label), input, parts, hint && h('p', { class: 'hint', id: `${name}-hint` }, hint)));
}

// A number that is none goes out as it was typed, for the server to refuse.
function number(name, label, value, preset) {
  const input = h('input', { id: name, type: 'text', inputmode: 'decimal', autocomplete: 'off', placeholder: String(preset) });
  input.value = value ?? '';
  const read = () => {
    const typed = input.value.trim();
    return typed === '' || Number.isNaN(Number(typed)) ? typed : Number(typed);
  };
  return withRefusal(name, input, read, parts => h('div', { class: 'field' }, h('label', { for: name }, label), input, parts));
}

function choice(name, label, value, options) {
  const chosen = value ?? options[0][0];
  const inputs = options.map(([option]) => h('input', { type: 'radio', name, value: option, checked: option === chosen }));
  return withRefusal(name, inputs[0], () => inputs.find(input => input.checked).value, parts =>
    h('fieldset', { class: 'field choices' }, h('legend', {}, label),
      options.map(([, title, more], index) => h('label', { class: 'choice' }, inputs[index],
        h('span', {}, h('strong', {}, title), h('span', { class: 'hint' }, more)))), parts));
}

function withRefusal(name, input, value, build) {
  const note = h('p', { class: 'refusal', id: `${name}-refusal`, role: 'alert' });
  return {
    name,
    value,
    element: build(note),
    focus: () => input.focus(),
    refuse(words) {
      replace(note, words);
      for (const [attribute, wanted] of [['aria-invalid', 'true'], ['aria-describedby', note.id]]) {
        if (words) input.setAttribute(attribute, wanted);
        else input.removeAttribute(attribute);
      }
    },
  };
}
