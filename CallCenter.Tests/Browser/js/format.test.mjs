import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, readAlike } from '../../../CallCenter.Api/Console/wwwroot/js/lib/format.js';

test('readAlike_MomentsOfOneSecond_AreToldApart', () => {
  assert.equal(readAlike(['2026-01-01T00:00:01.002Z', '2026-01-01T00:00:01.005Z']), true);
  assert.equal(readAlike(['2026-01-01T00:00:01.002Z', '2026-01-01T00:00:02.005Z']), false);
  assert.equal(readAlike(['2026-01-01T00:00:01.002Z', '2026-01-01T00:00:01.002Z', null]), false);
});

test('brief_Duration_IsOneNumber', () =>
  assert.deepEqual([0, 850, 1000, 2240, 40_000, 90_000, 8_000_000, 200_000_000].map(brief), ['0 ms', '850 ms', '1 s', '2.2 s', '40 s', '1.5 min', '2.2 h', '2.3 d']));
