// One field of a form: its label, its control, its hint, and the place for the server's words when it refuses.
import { h, replace } from '../lib/dom.js';
import { parsed } from './read.js';

const FEW = 3;
let made = 0;

// Returns { field, element, value, refuse, focus }; `value()` is undefined where nothing was filled in.
export function control(field, value) {
  const ids = { input: `field-${++made}`, hint: `hint-${made}`, refusal: `refusal-${made}` };
  const chosen = value ?? field.preset;
  switch (field.kind) {
    case 'choice': return field.options.length <= FEW && (field.required || chosen !== null) ? cards(field, ids, chosen) : list(field, ids, chosen);
    case 'flag': return field.required && field.preset === null ? cards(field, ids, chosen) : box(field, ids, chosen);
    default: return typed(field, ids, value);
  }
}

function typed(field, ids, value) {
  const many = field.kind === 'lines' || field.kind === 'json';
  const input = h(many ? 'textarea' : 'input', {
    ...ofInput(field, ids),
    type: many ? null : 'text',
    rows: many ? 1 : null,
    class: field.kind === 'json' ? 'code' : null,
    inputmode: field.kind === 'number' ? (field.whole ? 'numeric' : 'decimal') : null,
    autocomplete: 'off',
    spellcheck: field.kind === 'lines' ? null : 'false',
    maxlength: field.maxLength,
    placeholder: field.preset !== null ? asText(field.preset) : field.required ? null : 'Optional',
  });
  input.value = value === undefined || value === null ? '' : asText(value);
  return withRefusal(field, ids, input, () => parsed(field, input.value), note =>
    h('div', { class: 'field' }, h('label', { for: ids.input }, field.title), input, note, hint(field, ids)));
}

function list(field, ids, chosen) {
  const options = field.options.map(({ value, title }, index) => h('option', { value: index, selected: value === chosen }, title));
  const input = h('select', ofInput(field, ids), chosen === null && h('option', { value: '' }, field.required ? 'Choose …' : '–'), options);
  return withRefusal(field, ids, input, () => field.options[input.value === '' ? -1 : input.value]?.value, note =>
    h('div', { class: 'field' }, h('label', { for: ids.input }, field.title), input, note, hint(field, ids)));
}

// Few values are shown side by side, each with its own hint.
function cards(field, ids, chosen) {
  const inputs = field.options.map(({ value }, index) => h('input', { type: 'radio', name: field.path, value: index, checked: value === chosen }));
  return withRefusal(field, ids, inputs[0], () => field.options[inputs.findIndex(input => input.checked)]?.value, note =>
    h('fieldset', { class: 'field choices' }, h('legend', {}, field.title),
      field.options.map((option, index) => h('label', { class: 'choice' }, inputs[index],
        h('span', {}, h('strong', {}, option.title), option.hint && h('span', { class: 'hint' }, option.hint)))), note, hint(field, ids)));
}

function box(field, ids, chosen) {
  const usual = field.preset ?? false;
  const input = h('input', { ...ofInput(field, ids), type: 'checkbox', checked: chosen ?? usual });
  return withRefusal(field, ids, input, () => (input.checked === usual ? undefined : input.checked), note =>
    h('div', { class: 'field' }, h('label', { class: 'choice' }, input, h('span', {}, h('strong', {}, field.title), hint(field, ids))), note));
}

const ofInput = (field, ids) => ({ id: ids.input, name: field.path, 'aria-describedby': field.hint && ids.hint });

const hint = (field, ids) => field.hint && h('span', { class: 'hint', id: ids.hint }, field.hint);

const asText = value => (typeof value === 'string' ? value : JSON.stringify(value));

function withRefusal(field, ids, input, value, build) {
  const note = h('p', { class: 'refusal', id: ids.refusal, role: 'alert' });
  const element = build(note);
  element.dataset.field = field.path;
  return {
    field, element, value, input,
    focus: () => input.focus(),
    refuse(words) {
      replace(note, words);
      const described = [field.hint && ids.hint, words && ids.refusal].filter(Boolean).join(' ');
      for (const [attribute, wanted] of [['aria-invalid', words && 'true'], ['aria-describedby', described]]) {
        if (wanted) input.setAttribute(attribute, wanted);
        else input.removeAttribute(attribute);
      }
    },
  };
}
