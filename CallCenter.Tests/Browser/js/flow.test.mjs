import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesOf, waysOf } from '../../../CallCenter.Api/Console/wwwroot/js/lib/flow.js';

test('statesOf_BranchesAndItems_AreStatesToo', () => {
  const way = (from, to) => ({ from, to, kind: 'next' });
  const definition = {
    states: [
      { name: 'A', branches: [{ states: [{ name: 'A1' }, { name: 'A2' }], transitions: [way('A1', 'A2')] }, { states: [{ name: 'A3' }], transitions: [] }] },
      { name: 'B', itemProcessor: { states: [{ name: 'B1', branches: [{ states: [{ name: 'B2' }], transitions: [] }] }], transitions: [] } },
    ],
    transitions: [way('A', 'B')],
  };

  assert.deepEqual(statesOf(definition).map(state => state.name), ['A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2']);
  assert.deepEqual(waysOf(definition), [way('A', 'B'), way('A1', 'A2')]);
});
