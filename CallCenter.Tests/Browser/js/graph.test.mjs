import assert from 'node:assert/strict';
import { test } from 'node:test';

// What the pictures' code asks of a browser: how wide a text is.
globalThis.document = { body: null, createElement: () => ({ getContext: () => ({ measureText: text => ({ width: 7 * text.length }) }) }) };
globalThis.getComputedStyle = () => ({ fontFamily: 'sans-serif' });

const graph = '../../../CallCenter.Api/Console/wwwroot/js/graph';
const { layout, narrow, wide } = await import(`${graph}/layout.js`);
const { edgeKey, END, START, trace } = await import(`${graph}/trace.js`);

const next = (from, to) => ({ from, to, kind: 'next' });
const definition = {
  startAt: 'Prepare',
  states: [
    { name: 'Prepare', type: 'Pass' },
    {
      name: 'Check', type: 'Parallel', branches: [
        { startAt: 'Stock', states: [{ name: 'Stock', type: 'Task', end: true }], transitions: [] },
        { startAt: 'Breathe', states: [{ name: 'Breathe', type: 'Wait' }, { name: 'Credit', type: 'Task', end: true }], transitions: [next('Breathe', 'Credit')] }],
    },
    { name: 'Pack each', type: 'Map', itemProcessor: { startAt: 'Pack', states: [{ name: 'Pack', type: 'Task', end: true }], transitions: [] } },
    { name: 'Heavy', type: 'Choice' },
    { name: 'Drive', type: 'Task' },
    { name: 'Shipped', type: 'Succeed', end: true },
    { name: 'Refused', type: 'Fail', end: true },
  ],
  transitions: [
    next('Prepare', 'Check'), next('Check', 'Pack each'), { from: 'Check', to: 'Refused', kind: 'catch', label: 'a check failed' }, next('Pack each', 'Heavy'),
    { from: 'Heavy', to: 'Drive', kind: 'choice', label: 'heavy' }, { from: 'Heavy', to: 'Shipped', kind: 'default', label: 'otherwise' }, next('Drive', 'Shipped')],
};

const step = (state, output = {}) => ({ state, startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:01Z', attempt: 1, input: {}, output });
const instance = (runtimeStatus, state, ...steps) => ({ runtimeStatus, input: {}, progress: { state, steps } });

for (const [name, metrics] of Object.entries({ wide, narrow })) {
  test(`layout_${name}_PlacesFlowsInsideOfTheirState`, () => {
    const { nodes, box } = layout(definition, metrics);
    const check = nodes.find(node => node.id === 'Check');

    assert.equal(check.flows.length, 2);
    for (const node of nodes) {
      let right = 0;
      for (const flow of node.flows ?? []) {
        assert.ok(flow.x >= right, 'flows stand side by side');
        assert.ok(flow.x + flow.box.w <= node.w && flow.y + flow.box.h <= node.h && flow.y >= node.head, 'inside, below the name');
        right = flow.x + flow.box.w;
      }
      assert.ok(node.x - node.w / 2 >= box.x && node.x + node.w / 2 <= box.x + box.w);
    }
  });

  test(`layout_${name}_NoTwoBoxesOverlap`, () => {
    const { nodes } = layout(definition, metrics);
    for (const a of nodes) for (const b of nodes) {
      const apart = a === b || Math.abs(a.x - b.x) >= (a.w + b.w) / 2 || Math.abs(a.y - b.y) >= (a.h + b.h) / 2;
      assert.ok(apart, `${a.id} and ${b.id}`);
    }
  });
}

test('layout_LineOverSeveralLayers_HasNoJog', () => {
  for (const { path } of layout(definition, wide).edges.filter(edge => !edge.loop)) {
    const pieces = [...path.matchAll(/[ML](\S+) (\S+) C\S+ \S+ \S+ \S+ (\S+) (\S+)/g)].map(piece => piece.slice(1));
    for (let i = 1; i < pieces.length; i++) assert.equal(pieces[i][0], pieces[i - 1][2], path);
  }
});

test('trace_StatesWithinAState_AreAsItIs', () => {
  const { tones } = trace(definition, instance('Running', 'Pack each', step('Prepare'), step('Check'), { ...step('Pack each', null), endedAt: null }));

  assert.deepEqual(['Stock', 'Breathe', 'Credit', 'Pack', 'Drive'].map(name => tones.get(name)), ['done', 'done', 'done', 'running', 'idle']);
});

test('trace_EndedInSucceed_TookTheWayThere', () => {
  const { taken, tones } = trace(definition, instance('Completed', 'Shipped', step('Prepare'), step('Check'), step('Pack each')));

  assert.equal(taken.get(edgeKey('Heavy', 'Shipped')), 1);
  assert.equal(taken.get(edgeKey('Shipped', END)), 1);
  assert.equal(taken.get(edgeKey('Pack each', END)), undefined);
  assert.deepEqual([tones.get('Shipped'), tones.get('Heavy'), tones.get('Drive')], ['done', 'done', 'skipped']);
});

test('trace_FailedStepThatWasCaught_LeftByTheCatch', () => {
  const caught = { ...step('Check'), error: { type: 'E', message: 'm' } };
  const { taken, current } = trace(definition, instance('Failed', 'Refused', step('Prepare'), caught));

  assert.equal(taken.get(edgeKey('Check', 'Refused')), 1);
  assert.equal(current, 'Refused');
});

test('trace_FailedStepWithoutResult_IsWhereItFailed', () => {
  const { tones } = trace(definition, instance('Failed', 'Fail', step('Prepare'), step('Check', null)));

  assert.equal(tones.get('Check'), 'failed');
});

test('trace_ChoiceAtTheStart_IsPassedBeforeTheFirstStep', () => {
  const first = { ...definition, startAt: 'Heavy', states: definition.states.slice(3, 6), transitions: definition.transitions.slice(4) };

  assert.equal(trace(first, instance('Completed', 'Shipped', step('Drive'))).taken.get(edgeKey(START, 'Heavy')), 1);
  assert.equal(trace(first, instance('Completed', 'Shipped')).tones.get('Shipped'), 'done');
});
