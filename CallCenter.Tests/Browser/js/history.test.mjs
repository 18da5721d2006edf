import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allRows, compactRows, ofKind } from '../../../CallCenter.Api/Console/wwwroot/js/instance/historyRows.js';

const event = (EventType, Timestamp, more = {}) => ({ EventType, Timestamp, ...more });
const failed = (Timestamp, more) => event('TaskFailed', Timestamp, { FunctionName: 'Work', FailureDetails: { ErrorType: 'E', ErrorMessage: 'no line' }, ...more });
const events = [
  event('ExecutionStarted', 't0', { FunctionName: 'Flow' }),
  event('TaskCompleted', 't2', { FunctionName: 'Open', ScheduledTime: 't1' }),
  failed('t4', { ScheduledTime: 't3' }),
  event('TimerCreated', 't4', { FireAt: 't5' }),
  event('TimerFired', 't5', { FireAt: 't5' }),
  event('TaskCompleted', 't7', { FunctionName: 'Work', ScheduledTime: 't6' }),
  event('EventRaised', 't8', { Name: 'Answered' }),
  event('ExecutionCompleted', 't9', { OrchestrationStatus: 'Completed' })];

test('compactRows_ActivityWithTries_IsOneRow', () => {
  const rows = compactRows(events);

  assert.deepEqual(rows.map(row => [row.first, row.title, row.of, row.note]), [
    [1, 'ExecutionStarted', 'Flow', ''], [2, 'Activity', 'Open', 'completed'], [3, 'Activity', 'Work', 'completed, 2 tries'],
    [7, 'External event', 'Answered', ''], [8, 'ExecutionCompleted', '', 'Completed']]);
  assert.deepEqual([rows[2].from, rows[2].to, rows[2].events.length, rows[2].failed], ['t3', 't7', 4, true]);
});

test('compactRows_ScheduledAndCompleted_IsOneRow', () => {
  const rows = compactRows([event('TaskScheduled', 't1', { Name: 'Open' }), event('TaskCompleted', 't2', { FunctionName: 'Open' })]);

  assert.deepEqual(rows.map(row => [row.of, row.from, row.to, row.note]), [['Open', 't1', 't2', 'completed']]);
});

test('compactRows_ActivityThatIsNotDone_SaysHowItStands', () => {
  const note = all => compactRows(all).at(-1).note;

  assert.equal(note([event('TaskScheduled', 't1', { Name: 'Work' })]), 'under way');
  assert.equal(note([failed('t2'), event('TimerCreated', 't2', { FireAt: 't5' })]), 'tried again later: no line');
  assert.equal(note([failed('t2'), failed('t3')]), 'failed, 2 tries: no line');
});

test('compactRows_TimerBehindTheLastTry_IsNoPause', () => {
  const rows = compactRows([failed('t2'), event('TimerCreated', 't2', { FireAt: 't9' })], 1);

  assert.deepEqual(rows.map(row => [row.title, row.note]), [['Activity', 'failed: no line'], ['Timer', 'set']]);
});

test('compactRows_SameActivityAgain_IsAnotherRow', () => {
  const again = [event('TaskCompleted', 't1', { FunctionName: 'Work' }), event('TaskCompleted', 't2', { FunctionName: 'Work' })];

  assert.equal(compactRows(again).length, 2);
});

test('compactRows_TimerOfItsOwn_IsOneRow', () => {
  const timer = [event('TimerCreated', 't1', { FireAt: 't2' }), event('TimerFired', 't2', { FireAt: 't2' })];

  assert.deepEqual(compactRows(timer).map(row => [row.title, row.note]), [['Timer', 'fired']]);
  assert.deepEqual(compactRows(timer.slice(0, 1)).map(row => row.note), ['set']);
});

test('allRows_EveryEvent_IsARow', () => {
  const rows = allRows(events);

  assert.equal(rows.length, events.length);
  assert.deepEqual([rows[2].title, rows[2].note, rows[2].failed], ['TaskFailed', 'no line', true]);
});

test('ofKind_Kind_KeepsItsRows', () => {
  const count = kind => ofKind(allRows(events), kind).length;

  assert.deepEqual([null, 'activity', 'timer', 'event', 'life', 'failure'].map(count), [8, 3, 2, 1, 2, 1]);
});
