import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf } from '../../../CallCenter.Api/Console/wwwroot/js/schema/answer.js';
import { assemble, fieldsOf, isShown, parsed } from '../../../CallCenter.Api/Console/wwwroot/js/schema/read.js';

const fieldOf = (property, required = false) => fieldsOf({ properties: { one: property }, required: required ? ['one'] : [] })[0];
const valuesOf = values => field => values[field.path];

test('fieldsOf_EveryKindOfProperty_HasItsField', () => {
  const kind = property => fieldOf(property).kind;
  assert.equal(kind({ type: 'string' }), 'text');
  assert.equal(kind({ type: 'string', 'x-text': 'lines' }), 'lines');
  assert.equal(kind({ type: 'string', enum: ['a'] }), 'choice');
  assert.equal(kind({ enum: ['a', 'b'] }), 'choice');
  assert.equal(kind({ type: ['integer', 'null'] }), 'number');
  assert.equal(kind({ type: 'number' }), 'number');
  assert.equal(kind({ type: 'boolean' }), 'flag');
  assert.equal(kind({ type: 'object', properties: {} }), 'group');
  for (const other of [{ type: 'object' }, { type: 'array' }, { $ref: '#' }, {}, true]) assert.equal(kind(other), 'json');
});

test('fieldsOf_PropertyWithoutWords_IsNamedByItsName', () => {
  assert.equal(fieldOf({ type: 'string' }).title, 'One');
  assert.equal(fieldOf({ type: 'string', title: 'Case id' }).title, 'Case id');
});

test('fieldsOf_Hint_SaysDescriptionExampleAndBounds', () => {
  assert.equal(fieldOf({ type: 'string', description: 'Who pays.', examples: ['001'] }).hint, 'Who pays. For example 001.');
  assert.equal(fieldOf({ type: 'integer', minimum: 1, maximum: 5 }).hint, 'From 1 to 5.');
  assert.equal(fieldOf({ type: 'integer', minimum: 1, maximum: 5, default: 3 }).hint, null);
});

test('fieldsOf_Enumeration_HasTitlesWhereTheSchemaGivesThem', () => {
  const plain = fieldOf({ type: 'string', enum: ['workAgain', null] });
  assert.deepEqual(plain.options, [{ value: 'workAgain', title: 'Work again', hint: null }]);

  const words = [{ const: 'a', title: 'An agent', description: 'It waits.' }];
  for (const titled of [{ enum: ['a'], 'x-choices': words }, { enum: ['a'], oneOf: words }, { oneOf: words }]) {
    assert.deepEqual(fieldOf({ type: 'string', ...titled }).options, [{ value: 'a', title: 'An agent', hint: 'It waits.' }]);
  }
});

test('fieldsOf_Group_HasPathsAndDefaultsOfItsOwn', () => {
  const [retry] = fieldsOf({ properties: { retry: { type: 'object', default: { a: 3 }, properties: { a: { type: 'integer' }, b: { type: 'number', default: 2 } } } } });

  assert.deepEqual(retry.fields.map(({ path, preset }) => [path, preset]), [['retry.a', 3], ['retry.b', 2]]);
});

test('fieldsOf_MaxLength_IsNotPutOnAnId', () => {
  assert.equal(fieldOf({ type: 'string', maxLength: 64, 'x-text': 'line' }).maxLength, 64);
  assert.equal(fieldOf({ type: 'string', maxLength: 256, 'x-text': 'id' }).maxLength, null);
});

test('parsed_WhatWasTyped_IsJsonOfItsKind', () => {
  const number = fieldOf({ type: 'number' });
  assert.equal(parsed(number, ' 2.5 '), 2.5);
  assert.equal(parsed(number, 'two'), 'two');
  assert.equal(parsed(number, ' '), undefined);
  assert.deepEqual(parsed(fieldOf({ type: 'array' }), '[1]'), [1]);
  assert.equal(parsed(fieldOf({ type: 'array' }), '[1'), '[1');
  assert.equal(parsed(fieldOf({ type: 'string' }), ' a '), 'a');
  assert.equal(parsed(fieldOf({ type: 'string', 'x-text': 'id' }), ' a '), ' a ');
  assert.equal(parsed(fieldOf({ type: 'string' }), '  '), undefined);
  assert.equal(parsed(fieldOf({ type: 'string' }, true), ''), '');
});

const schema = {
  required: ['id'],
  properties: {
    id: { type: 'string' },
    mode: { type: 'string', enum: ['auto', 'agent'], default: 'auto' },
    deadline: { type: 'integer', 'x-shown-when': { mode: 'agent' } },
    retry: { type: 'object', properties: { attempts: { type: 'integer' } } },
  },
};

test('assemble_OnlyWhatWasFilledIn_IsSent', () => {
  const fields = fieldsOf(schema);
  assert.deepEqual(assemble(fields, valuesOf({ id: '' })), { id: '' });
  assert.deepEqual(assemble(fields, valuesOf({ id: '1', mode: 'agent', deadline: 5, 'retry.attempts': 2 })), { id: '1', mode: 'agent', deadline: 5, retry: { attempts: 2 } });
});

test('assemble_FieldThatIsNotShown_IsNotSent', () =>
  assert.deepEqual(assemble(fieldsOf(schema), valuesOf({ id: '1', mode: 'auto', deadline: 5 })), { id: '1', mode: 'auto' }));

test('isShown_NothingChosen_GoesByTheDefault', () => {
  const shown = (mode, values = {}) => {
    const fields = fieldsOf({ properties: { mode, deadline: { type: 'integer', 'x-shown-when': { mode: ['agent', true] } } } });
    return isShown(fields[1], fields, valuesOf(values));
  };
  assert.equal(shown({ enum: ['auto', 'agent'], default: 'agent' }), true);
  assert.equal(shown({ enum: ['auto', 'agent'], default: 'auto' }), false);
  assert.equal(shown({ enum: ['auto', 'agent'] }, { mode: 'agent' }), true);
  assert.equal(shown({ type: 'boolean' }), false);
  assert.equal(shown({ type: 'boolean', default: true }), true);
});

const event = (properties, required, from = 'an agent') => ({ name: 'E', from, schema: { properties, required } });

test('answerOf_OneRequiredBoolean_IsADecision', () => {
  const { decision, fields, who, attempt } = answerOf(event({
    resolved: { type: 'boolean' }, attempt: { type: 'integer' }, agent: { type: 'string' }, note: { type: 'string', 'x-text': 'lines' },
  }, ['resolved']));

  assert.deepEqual(decision.options.map(({ value, title }) => [value, title]), [[true, 'Resolved'], [false, 'Not resolved']]);
  assert.deepEqual(fields.map(field => field.name), ['agent', 'note']);
  assert.equal(who.name, 'agent');
  assert.equal(attempt, true);
});

test('answerOf_BooleanWithTitledValues_HasTheirTitles', () => {
  const titled = { type: 'boolean', oneOf: [{ const: true, title: 'Approve' }, { const: false, title: 'Reject' }] };

  assert.deepEqual(answerOf(event({ ok: titled }, ['ok'])).decision.options.map(({ title }) => title), ['Approve', 'Reject']);
});

test('answerOf_EventThatNamesWhoAnswers_GoesByThat', () =>
  assert.equal(answerOf({ ...event({ signedBy: { type: 'string' } }, []), by: 'signedBy' }).who.name, 'signedBy'));

test('answerOf_AnotherShape_IsAPlainForm', () => {
  for (const [properties, required] of [
    [{ amount: { type: 'number' } }, ['amount']],
    [{ a: { type: 'boolean' }, b: { type: 'boolean' } }, ['a', 'b']],
    [{ a: { type: 'boolean' } }, []],
    [{}, undefined],
  ]) {
    const { decision, who, attempt } = answerOf(event(properties, required));
    assert.deepEqual([decision, who, attempt], [null, null, false]);
  }
});
