import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryOf, retryOfRow, retryText, triesOf } from '../../../CallCenter.Api/Console/wwwroot/js/lib/tries.js';

const second = number => `2026-01-01T00:00:${String(number).padStart(2, '0')}.000Z`;
const at = number => Date.parse(second(number));
const states = [{ name: 'Open', activity: 'DoOpen' }, { name: 'Work', activity: 'DoWork' }, { name: 'Choose' }];
const step = (state, from, to) => ({ state, startedAt: second(from), endedAt: to === null ? null : second(to) });
const done = (name, from, to) => ({ EventType: 'TaskCompleted', Timestamp: second(to), ScheduledTime: second(from), FunctionName: name });
const failed = (name, from, to, message = 'no') => (
  { EventType: 'TaskFailed', Timestamp: second(to), ScheduledTime: second(from), FunctionName: name, FailureDetails: { ErrorType: 'E', ErrorMessage: message } });
const timer = (set, due) => ({ EventType: 'TimerCreated', Timestamp: second(set), FireAt: second(due) });
const fired = due => ({ EventType: 'TimerFired', Timestamp: second(due), FireAt: second(due) });
const scheduled = (name, from) => ({ EventType: 'TaskScheduled', Timestamp: second(from), Name: name });

test('triesOf_StepInTheMiddle_HasItsOwn', () => {
  const steps = [step('Open', 0, 1), step('Work', 1, 6), step('Open', 6, 7)];
  const events = [done('DoOpen', 0, 1), failed('DoWork', 1, 2), timer(2, 4), fired(4), done('DoWork', 4, 6), done('DoOpen', 6, 7)];

  const [first, middle, last] = triesOf(states, steps, events);

  assert.deepEqual(middle.tries, [{ from: at(1), to: at(2), error: { type: 'E', message: 'no' } }, { from: at(4), to: at(6), error: null }]);
  assert.deepEqual([middle.nextAt, middle.since], [null, null]);
  assert.deepEqual([first.tries.length, last.tries.length], [1, 1]);
});

test('triesOf_StateThatComesAgainInTheSameMoment_CountsEachTryOnce', () => {
  const steps = [step('Work', 1, 2), step('Open', 2, 2), step('Work', 2, null)];
  const events = [failed('DoWork', 1, 1), done('DoWork', 1, 2), done('DoOpen', 2, 2), failed('DoWork', 2, 2), timer(2, 9)];

  const [first, , again] = triesOf(states, steps, events);

  assert.deepEqual(first.tries.map(one => one.error !== null), [true, false]);
  assert.deepEqual(again.tries.map(one => one.error !== null), [true]);
  assert.equal(again.nextAt, at(9));
});

test('triesOf_StepThatFailedForGood_KeepsItsLastErrorAndWaitsForNothing', () => {
  const [{ tries, nextAt }] = triesOf(states, [step('Work', 1, 4)], [failed('DoWork', 1, 2), timer(2, 3), fired(3), failed('DoWork', 3, 4, 'never')]);

  assert.deepEqual(tries.map(one => one.error.message), ['no', 'never']);
  assert.equal(nextAt, null);
});

test('triesOf_TryUnderWay_SaysSinceWhen', () => {
  assert.equal(triesOf(states, [step('Work', 1, null)], [scheduled('DoWork', 1)])[0].since, at(1));
  const again = [failed('DoWork', 1, 2), timer(2, 4), fired(4), scheduled('DoWork', 4)];
  assert.deepEqual(triesOf(states, [step('Work', 1, null)], again)[0].since, at(4));
});

test('triesOf_ActivityOfNoState_IsNobodys', () =>
  assert.deepEqual(triesOf(states, [step('Choose', 0, 9)], [failed('DoWork', 1, 2)])[0].tries, []));

test('triesOf_WholeSeconds_AreTakenAsTheyAre', () => {
  const steps = [{ state: 'Work', startedAt: '2026-01-01T00:00:01.700Z', endedAt: null }];
  const event = { ...failed('DoWork', 1, 1), Timestamp: '2026-01-01T00:00:01Z', ScheduledTime: '2026-01-01T00:00:01Z' };

  assert.equal(triesOf(states, steps, [event])[0].tries.length, 1);
});

test('retryOf_StepThatBacksOff_SaysWhichTryAndWhen', () => {
  const [found] = triesOf(states, [step('Work', 1, null)], [failed('DoWork', 1, 2), timer(2, 9), scheduled('DoWork', 1)]);

  assert.deepEqual(retryOf(found, { retry: { maxAttempts: 3 } }, at(5)), { number: 2, of: 3, nextAt: at(9), error: { type: 'E', message: 'no' } });
  assert.equal(retryOf(found, {}, at(9)).nextAt, null);
  assert.equal(retryOf({ tries: [], nextAt: null }, {}, at(5)), null);
  assert.equal(retryOf({ tries: [{ from: 0, to: 1, error: null }], nextAt: null }, {}, at(5)), null);
});

test('retryOfRow_RowOfAList_IsToldByItsState', () => {
  const started = { EventType: 'ExecutionStarted', Timestamp: second(0), Input: '{"retry":{"maxAttempts":3}}' };
  const events = [started, failed('DoWork', 1, 2), timer(2, 3), fired(3), done('DoWork', 3, 4), done('DoOpen', 4, 5), failed('DoWork', 5, 6), timer(6, 9)];

  const { number, of, nextAt } = retryOfRow(states, 'Work', events, at(7));

  assert.deepEqual([number, of, nextAt], [2, 3, at(9)]);
  assert.equal(retryOfRow(states, 'Work', [], at(7)), null);
  assert.equal(retryOfRow(states, 'Work', [{ ...started, Input: '{cut' }, failed('DoWork', 1, 2)], at(7)).of, null);
});

test('retryText_Retry_IsAFewWords', () => {
  assert.equal(retryText({ number: 2, of: 3, nextAt: 1 }, '4 s'), 'Try 2 of 3 in 4 s');
  assert.equal(retryText({ number: 2, of: null, nextAt: null }), 'Try 2');
});
