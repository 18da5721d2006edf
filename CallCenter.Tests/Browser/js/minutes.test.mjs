import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart, heat, sums } from '../../../CallCenter.Api/Console/wwwroot/js/lib/minutes.js';

const minute = (started, completed = 0, failed = 0, terminated = 0) => ({ started, completed, failed, terminated });

test('sums_Minutes_AddUp', () =>
  assert.deepEqual(sums([minute(5, 3, 1), minute(2, 0, 1, 4)]), { started: 7, completed: 3, failed: 2, terminated: 4 }));

test('chart_Minutes_StacksWhatEndedUnderALineOfWhatStarted', () => {
  const { bars, line, most } = chart([minute(10, 4, 1), minute(0)], 100, 50);

  assert.equal(most, 10);
  assert.deepEqual(bars, [
    { kind: 'completed', x: 7.5, y: 30, w: 35, h: 20 },
    { kind: 'failed', x: 7.5, y: 25, w: 35, h: 5 },
  ]);
  assert.equal(line, '25,0 75,50');
});

test('chart_OneAmongThousands_IsSeen', () =>
  assert.ok(chart([minute(9000, 9000), minute(0, 0, 1)], 60, 40).bars.every(bar => bar.h >= 1)));

test('chart_NothingHappened_IsALineAtTheBottom', () => {
  assert.deepEqual(chart([minute(0), minute(0)], 10, 40), { bars: [], line: '2.5,40 7.5,40', most: 1 });
  assert.deepEqual(chart([], 10, 40), { bars: [], line: '', most: 1 });
});

test('heat_States_GoesByOrdersOfMagnitude', () => {
  const warmth = heat([{ name: 'a', p95: 0 }, { name: 'b', p95: 0.009 }, { name: 'c', p95: 999.999 }]);

  assert.equal(warmth.get('a'), 0);
  assert.ok(Math.abs(warmth.get('b') - 1 / 6) < 0.001);
  assert.equal(warmth.get('c'), 1);
  assert.equal(heat([{ name: 'a', p95: 0 }]).get('a'), 0);
});
