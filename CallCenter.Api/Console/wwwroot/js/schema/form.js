// A form made of a schema's fields. Nothing is checked here: what may be sent is the server's to say, in its own words.
import { h } from '../lib/dom.js';
import { control } from './controls.js';
import { assemble, isShown } from './read.js';
import { withTitles } from './refusal.js';

// `values` is a body to begin from. Returns { parts: [{ field, element }], control: path -> control, body, refuse, clear, follow }.
export function schemaForm(fields, values = {}) {
  const controls = new Map();
  const elements = new Map();
  const valueOf = field => controls.get(field.path)?.value();

  function build(field, value) {
    if (field.kind !== 'group') {
      const made = control(field, value);
      controls.set(field.path, made);
      return keep(field, made.element);
    }
    return keep(field, h('fieldset', { class: 'group' }, h('legend', {}, field.title),
      field.hint && h('p', { class: 'hint' }, field.hint), field.fields.map(one => build(one, value?.[one.name]))));
  }
  const keep = (field, element) => {
    elements.set(field, element);
    return element;
  };
  // Shows the fields that say something, as those beside them stand.
  function follow(beside = fields) {
    for (const field of beside) {
      elements.get(field).hidden = !isShown(field, beside, valueOf);
      follow(field.fields);
    }
  }

  const parts = fields.map(field => ({ field, element: build(field, values?.[field.name]) }));
  follow();
  return {
    parts,
    control: path => controls.get(path),
    body: () => assemble(fields, valueOf),
    follow: () => follow(),
    clear: () => controls.forEach(one => one.refuse(null)),
    // Writes each refusal under its field and goes to the first; returns those that no field here is to blame for.
    refuse(errors) {
      const known = errors.filter(error => controls.has(error.field));
      for (const { field, message } of known) controls.get(field).refuse(withTitles(message, [...controls.values()].map(one => one.field)));
      if (known.length > 0) controls.get(known[0].field).focus();
      return errors.filter(error => !controls.has(error.field));
    },
  };
}
