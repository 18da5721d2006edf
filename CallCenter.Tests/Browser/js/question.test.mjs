import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordersOf, whyNoMoreOrders, whyNoSearch } from '../../../CallCenter.Api/Console/wwwroot/js/list/abilities.js';
import { folded, isFiltered, sizeOf, sizeText, toQuery } from '../../../CallCenter.Api/Console/wwwroot/js/list/question.js';

const workflow = list => ({ words: { item: 'case', items: 'cases' }, events: [{}], list });

test('toQuery_Filters_AreThoseOfTheContract', () => {
  assert.deepEqual(toQuery({ search: 'a b', waiting: 'true', order: 'deadline', status: '' }, 0), { search: 'a b', waiting: 'true', order: 'deadline' });
  assert.deepEqual(toQuery({ minutes: '15' }, Date.parse('2026-01-01T10:15:00Z')), { from: '2026-01-01T10:00:00.000Z' });
  assert.deepEqual(toQuery({ from: 'yesterday' }, 0), { from: 'yesterday' });
});

test('isFiltered_OrderAndSize_LeaveNothingOut', () => {
  assert.equal(isFiltered({ order: 'oldest', top: '100' }), false);
  assert.equal(isFiltered({ waiting: 'true' }), true);
});

test('sizeOf_Anything_IsOneOfTheSizes', () => {
  assert.deepEqual([undefined, '25', '200', '7', 'many'].map(top => sizeOf({ top })), [50, 25, 200, 50, 50]);
  assert.deepEqual([50, 100].map(sizeText), ['', '100']);
});

test('folded_CapitalsAndBlanks_MakeNoDifference', () => assert.equal(folded(' No\t1 2 '), 'no12'));

test('abilities_HostThatSaysNothing_CanDoTheLeast', () => {
  assert.deepEqual(ordersOf(workflow(undefined)), [['newest', 'Newest first']]);
  assert.equal(whyNoMoreOrders(workflow(undefined)), 'This host cannot sort by oldest, longest, shortest or deadline: it would have to read every case first.');
  assert.match(whyNoSearch(workflow(undefined)), /beginning of their instance id/);
});

test('abilities_HostThatCanDoAll_HasNothingToExplain', () => {
  const all = workflow({ orders: ['newest', 'oldest', 'longest', 'shortest', 'deadline'], search: true, total: true });
  assert.equal(whyNoMoreOrders(all), null);
  assert.equal(whyNoSearch(all), null);
  assert.equal(ordersOf(all).length, 5);
  assert.equal(ordersOf({ ...all, events: [] }).length, 4);
});
