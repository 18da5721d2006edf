import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventOf, label, nameOf, spaced, whoFrom, withArticle, withoutArticle, wordsOf } from '../../../CallCenter.Api/Console/wwwroot/js/lib/words.js';

test('spaced_NamesInCamelKebabAndPascal_AreWords', () => {
  assert.equal(spaced('firstDelaySeconds'), 'first delay seconds');
  assert.equal(spaced('support-tickets'), 'support tickets');
  assert.equal(spaced('leave_request'), 'leave request');
  assert.equal(spaced('MaxAttempts'), 'max attempts');
  assert.equal(spaced('inputCaseID'), 'input case ID');
  assert.equal(spaced('HTTPHeader'), 'HTTP header');
  assert.equal(label('agent'), 'Agent');
});

test('wordsOf_Workflow_TakesItemCollectionAndKey', () => {
  const words = wordsOf({ item: 'order', collection: 'orders', key: { name: 'number', title: 'Order number' } });

  assert.deepEqual(words, { item: 'order', anItem: 'an order', items: 'orders', Items: 'Orders', key: 'Order number' });
});

test('wordsOf_WorkflowWithoutAKey_NamesTheInstanceId', () =>
  assert.equal(wordsOf({ item: 'supportTicket', collection: 'support-tickets', key: null }).key, 'Instance id'));

test('withArticle_Noun_HasTheRightOne', () => {
  assert.equal(withArticle('case'), 'a case');
  assert.equal(withArticle('invoice'), 'an invoice');
  assert.equal(withoutArticle('an agent'), 'agent');
  assert.equal(withoutArticle('the warehouse'), 'warehouse');
  assert.equal(withoutArticle('Ann'), 'Ann');
});

test('nameOf_KeyThatIsNotKnown_IsTheInstanceId', () => {
  const workflow = { key: { name: 'number' } };
  assert.equal(nameOf(workflow, { instanceId: 'a', number: 7 }), '7');
  assert.equal(nameOf(workflow, { instanceId: 'a', number: null }), 'a');
  assert.equal(nameOf({ key: null }, { instanceId: 'a' }), 'a');
});

test('eventOf_Name_IsTheDeclaredEventOrNull', () => {
  const workflow = { events: [{ name: 'Approved', from: 'a manager' }] };
  assert.equal(whoFrom(workflow, 'Approved'), 'a manager');
  assert.equal(eventOf(workflow, 'Other'), null);
  assert.equal(whoFrom(workflow, 'Other'), 'the event Other');
});
