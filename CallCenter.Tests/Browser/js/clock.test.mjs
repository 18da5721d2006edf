import assert from 'node:assert/strict';
import { test } from 'node:test';

// The clock beats for as long as there is a page: here it beats when the test says so.
let tick = null;
let time = 1_000_000_000_000;
globalThis.setInterval = does => (tick = does);
Date.now = () => time;
const { learnServerTime, now, ticks } = await import('../../../CallCenter.Api/Console/wwwroot/js/lib/clock.js');
const dateHeader = at => new Date(at).toUTCString();

test('now_BetweenTwoBeats_StandsStill', () => {
  const before = now();
  time += 700;
  assert.equal(now(), before);
  tick();
  assert.equal(now(), before + 700);
});

test('ticks_TextsOfOneMoment_AreTheSameWheneverTheyWereWritten', () => {
  const texts = [];
  for (let count = 0; count < 3; count++) {
    time += 300;
    texts.push(ticks({ isConnected: true, textContent: '' }, () => String(now())).textContent);
  }
  assert.equal(new Set(texts).size, 1);
});

test('learnServerTime_HeaderOfWholeSeconds_MovesTheClockOnce', () => {
  const at = header => {
    learnServerTime(header);
    tick();
    return now();
  };
  const moved = at(dateHeader(time + 5500));
  assert.ok(moved > time + 4000 && moved <= time + 5500);
  for (const header of [dateHeader(time + 4200), dateHeader(time + 6300), 'no date', null]) assert.equal(at(header), moved);
  assert.equal(at(dateHeader(time)), time);
});

test('learnServerTime_AnswerThatWasLongOnItsWay_IsNoNews', () => {
  learnServerTime(dateHeader(time - 4000), time - 5000);
  tick();
  assert.equal(now(), time);
});
