// A JSON Schema read as the fields of a form. Nothing of the page is needed for it.
import { capital, label, spaced } from '../lib/words.js';

// Returns [{ path, name, kind, title, hint, required, preset, maxLength, options, fields, shownWhen }], a group with the fields in it.
// `path` is what the server calls the field when it refuses it: `retry.maxAttempts`.
export function fieldsOf(schema, prefix = '') {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    // The default of a group may be told as a whole.
    const preset = property.default ?? schema.default?.[name];
    return fieldOf(name, preset === undefined ? property : { ...property, default: preset }, prefix, (schema.required ?? []).includes(name));
  });
}

function fieldOf(name, property, prefix, required) {
  const path = prefix + name;
  const options = optionsOf(property);
  const kind = kindOf(property, options);
  return {
    path, name, kind, required,
    title: property.title ?? label(name),
    hint: hintOf(property, kind),
    preset: property.default ?? null,
    whole: typeOf(property) === 'integer',
    // An id that is cut when it is pasted would be another one: there the server says that it is too long.
    maxLength: property['x-text'] === 'id' ? null : property.maxLength ?? null,
    exact: property['x-text'] === 'id',
    options: kind === 'flag' ? options ?? yesAndNo(property.title ?? label(name)) : options,
    fields: kind === 'group' ? fieldsOf(property, `${path}.`) : [],
    shownWhen: property['x-shown-when'] ?? null,
  };
}

// What has no field of its own is written as JSON.
function kindOf(property, options) {
  switch (typeOf(property)) {
    case 'object': return property.properties ? 'group' : 'json';
    case 'boolean': return 'flag';
    case 'integer':
    case 'number': return options ? 'choice' : 'number';
    case 'string': return options ? 'choice' : property['x-text'] === 'lines' ? 'lines' : 'text';
    default: return options ? 'choice' : 'json';
  }
}

// What may also be null has a list of types.
const typeOf = ({ type }) => (Array.isArray(type) ? type.filter(one => one !== 'null') : [type]).at(0);

// `enum` has only the values; `x-choices` has their words, and so has `oneOf` where it lists constants.
function optionsOf(property) {
  const titled = property['x-choices'] ?? (property.oneOf?.every(one => 'const' in one) ? property.oneOf : null);
  const values = property.enum?.filter(value => value !== null) ?? titled?.map(one => one.const);
  return values?.map(value => {
    const words = titled?.find(one => one.const === value);
    return { value, title: words?.title ?? capital(spaced(String(value))), hint: words?.description ?? null };
  }) ?? null;
}

const yesAndNo = title => [
  { value: true, title, hint: null },
  { value: false, title: `Not ${title.charAt(0).toLowerCase()}${title.slice(1)}`, hint: null }];

function hintOf({ description, examples, minimum, maximum, default: preset }, kind) {
  const json = kind === 'json' && 'Written as JSON.';
  const example = ['text', 'lines', 'json'].includes(kind) && examples?.length > 0 && `For example ${textOf(examples[0])}.`;
  const bounds = kind === 'number' && preset === undefined && minimum !== undefined && maximum !== undefined && `From ${minimum} to ${maximum}.`;
  return [description, json, example, bounds].filter(Boolean).join(' ') || null;
}

const textOf = value => (typeof value === 'string' ? value : JSON.stringify(value));

// What holds when nothing is filled in is the default; a box that nobody ticks is a no.
const standing = (field, value) => value ?? field.preset ?? (field.kind === 'flag' ? false : undefined);

// Whether a field says anything, given those beside it: `x-shown-when` names another and the value, or the values, that it must have.
export const isShown = (field, beside, valueOf) => Object.entries(field.shownWhen ?? {}).every(([name, wanted]) => {
  const other = beside.find(one => one.name === name);
  return other !== undefined && [wanted].flat().includes(standing(other, valueOf(other)));
});

// What was typed, as JSON; undefined where nothing was. What is no number goes out as it was typed, for the server to refuse.
export function parsed(field, typed) {
  if (field.kind === 'number' || field.kind === 'json') {
    const text = typed.trim();
    if (text === '') return undefined;
    try {
      const value = field.kind === 'number' ? Number(text) : JSON.parse(text);
      return Number.isNaN(value) ? text : value;
    } catch {
      return text;
    }
  }
  const text = field.exact ? typed : typed.trim();
  return text.trim() === '' && !field.required ? undefined : text;
}

// The body: only what was filled in, so that everything else has the server's default.
export function assemble(fields, valueOf) {
  const body = {};
  for (const field of fields.filter(one => isShown(one, fields, valueOf))) {
    const value = field.kind === 'group' ? assemble(field.fields, valueOf) : valueOf(field);
    const empty = field.kind === 'group' && !field.required && Object.keys(value).length === 0;
    if (value !== undefined && !empty) body[field.name] = value;
  }
  return body;
}
