import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeScale } from '../../../CallCenter.Api/Console/wwwroot/js/instance/scale.js';

const HOUR = 3_600_000;
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('at_NothingIdle_IsProportional', () => {
  const scale = timeScale({ from: 1000, to: 1100, moments: [1040], busy: [[1000, 1100]] });

  assert.deepEqual(scale.folds, []);
  near(scale.at(1000), 0);
  near(scale.at(1040), 0.4);
  near(scale.at(5000), 1);
  near(scale.at(0), 0);
});

test('folds_WaitOfHours_LeavesTheStepsTheirRoom', () => {
  const scale = timeScale({ from: 0, to: HOUR + 10, moments: [6, HOUR + 6], busy: [[0, 6], [HOUR + 6, HOUR + 10]] });

  assert.deepEqual(scale.folds.map(({ from, to }) => [from, to]), [[6, HOUR + 6]]);
  assert.ok(scale.at(6) > 0.4, 'six of ten milliseconds');
  assert.ok(1 - scale.at(HOUR + 6) > 0.3, 'four of ten milliseconds');
});

test('folds_WaitsOfOneLength_AreAllFolded', () => {
  const moments = [5, HOUR, HOUR + 5, 2 * HOUR, 2 * HOUR + 5, 3 * HOUR];
  const busy = [[0, 5], [HOUR, HOUR + 5], [2 * HOUR, 2 * HOUR + 5]];

  assert.equal(timeScale({ from: 0, to: 3 * HOUR, moments, busy }).folds.length, 3);
});

test('folds_WhatRan_IsNeverFolded', () =>
  assert.deepEqual(timeScale({ from: 0, to: HOUR, moments: [5], busy: [[0, HOUR]] }).folds, []));

test('folds_NothingButIdleness_IsShownAsItIs', () => {
  const scale = timeScale({ from: 0, to: HOUR, moments: [], busy: [] });

  assert.deepEqual(scale.folds, []);
  near(scale.at(HOUR / 2), 0.5);
});

test('folds_ShortPause_IsShown', () =>
  assert.deepEqual(timeScale({ from: 0, to: 104, moments: [2, 102], busy: [[0, 2], [102, 104]] }).folds, []));

test('at_ManyFolds_LeaveHalfOfTheLine', () => {
  const moments = [];
  const busy = [];
  for (let i = 0; i < 40; i++) {
    moments.push(i * HOUR, i * HOUR + 5);
    busy.push([i * HOUR, i * HOUR + 5]);
  }
  const scale = timeScale({ from: 0, to: 40 * HOUR, moments, busy });

  assert.ok(scale.folds.length >= 39);
  assert.ok(scale.folds.reduce((all, fold) => all + fold.share, 0) <= 0.5 + 1e-9);
});

test('at_NoTimeAtAll_IsTheBeginning', () => assert.equal(timeScale({ from: 5, to: 5, moments: [], busy: [] }).at(5), 0));

test('ticks_Line_AreRoundAndApart', () => {
  const marks = timeScale({ from: 0, to: 17, moments: [], busy: [[0, 17]] }).ticks(400);

  assert.deepEqual(marks.map(mark => mark.after), [0, 5, 10, 15]);
  near(marks[1].at, 5 / 17);
});

test('ticks_BehindAFold_CountFromThere', () => {
  const marks = timeScale({ from: 0, to: HOUR + 10, moments: [5, HOUR + 5], busy: [[0, 5], [HOUR + 5, HOUR + 10]] }).ticks(400);

  assert.deepEqual(marks.filter(mark => mark.isFirst).map(mark => mark.after), [0, 2, 4]);
  assert.deepEqual(marks.filter(mark => !mark.isFirst).map(mark => mark.after), [2, 4]);
});
