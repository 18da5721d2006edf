import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes, cut, summary } from '../../../CallCenter.Api/Console/wwwroot/js/lib/change.js';
import { extras } from '../../../CallCenter.Api/Console/wwwroot/js/lib/step.js';

test('changes_TextThatGrew_IsWhatWasAdded', () => {
  const before = { Case: '001', Message: 'opened...' };
  const after = { Case: '001', Message: 'opened...resolved...', Status: 1 };

  assert.deepEqual(changes(before, after), [{ name: 'Message', text: 'resolved...' }, { name: 'Status', text: '1' }]);
});

test('changes_AnyShape_AreToldMemberByMember', () => {
  assert.deepEqual(changes({ a: { b: 1 }, c: [1] }, { a: { b: 2 }, c: [1], d: null }), [{ name: 'a', text: '{"b":2}' }, { name: 'd', text: 'null' }]);
  assert.deepEqual(changes({ a: 1, b: 2 }, { a: 1 }), [{ name: 'b', text: 'removed' }]);
  assert.deepEqual(changes('one', 'two'), [{ name: null, text: 'two' }]);
  assert.deepEqual(changes([1], [1]), []);
});

test('changes_OutputOfAnotherKind_HasLostNothing', () =>
  assert.deepEqual(changes({ inputCaseID: '001' }, { Case: '001' }), [{ name: 'Case', text: '001' }]));

test('summary_Output_IsOneLine', () => {
  assert.equal(summary({ Case: '001', Message: 'closed.' }), 'closed.');
  assert.equal(summary({ employee: 'Ada', mailed: true, more: { a: 1 } }), 'employee: Ada, mailed: true');
  assert.equal(summary('done'), 'done');
  assert.equal(summary(42), '42');
  assert.equal(summary(null), null);
  assert.equal(summary({}), null);
});

test('cut_LongText_KeepsWholeCharacters', () => assert.equal(cut('☎😀😀😀', 4), '☎😀😀…'));

test('extras_MembersOfTheAnsweredEvent_AreShownAsTheyCome', () => {
  const step = {
    state: 'Work on Case', startedAt: 't', endedAt: null, attempt: 1, input: {}, output: null, error: null, added: 'x', status: 1,
    agent: 'Ada', lines: [1, 2], note: null,
  };

  assert.deepEqual(extras(step), [['Agent', 'Ada'], ['Lines', '[1,2]']]);
});
