import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewOf } from '../../../CallCenter.Api/Console/wwwroot/js/bulk/preview.js';
import { inTurn, walk } from '../../../CallCenter.Api/Console/wwwroot/js/bulk/run.js';

const item = instanceId => ({ instanceId, runtimeStatus: 'Running' });
const pages = (...all) => async ({ continuationToken = '0' }) => {
  const at = Number(continuationToken);
  return { ok: true, body: { cases: all[at].map(item), continuationToken: at + 1 < all.length ? String(at + 1) : null } };
};

test('walk_SeveralPages_TakesEachOnce', async () => {
  const counts = [];
  const found = await walk(pages(['a', 'b'], [], ['b', 'c']), {}, 'cases', () => false, count => counts.push(count));
  assert.deepEqual(found.map(one => one.instanceId), ['a', 'b', 'c']);
  assert.deepEqual(counts, [2, 2, 3]);
});

test('walk_Question_GoesWithEveryPage', async () => {
  const asked = [];
  const list = pages(['a'], ['b']);
  await walk(query => asked.push(query) && list(query), { status: 'Failed' }, 'cases', () => false, () => {});
  assert.deepEqual(asked, [{ status: 'Failed', top: 500 }, { status: 'Failed', top: 500, continuationToken: '1' }]);
});

test('walk_Stopped_GivesNothing', async () => {
  let asked = 0;
  const list = pages(['a'], ['b']);
  assert.equal(await walk(query => ++asked && list(query), {}, 'cases', () => asked > 0, () => {}), null);
  assert.equal(asked, 1);
});

test('walk_Refused_SaysWhy', async () => {
  const answer = { ok: false, status: 400 };
  await assert.rejects(walk(async () => answer, {}, 'cases', () => false, () => {}), error => error.answer === answer);
});

test('inTurn_Many_AreFourAtATimeAndEachOnce', async () => {
  let now = 0;
  let most = 0;
  const items = Array.from({ length: 25 }, (_, number) => item(String(number)));
  const result = await inTurn(items, async one => {
    most = Math.max(most, ++now);
    await new Promise(resolve => setImmediate(resolve));
    now--;
    return one.instanceId === '7' ? 'it broke' : null;
  }, () => false, () => {});
  assert.equal(most, 4);
  assert.equal(result.done.length, 24);
  assert.deepEqual(result.failed, [{ item: items[7], why: 'it broke' }]);
  assert.deepEqual(result.left, []);
});

test('inTurn_Stopped_LeavesWhatIsNotUnderWay', async () => {
  let calls = 0;
  const items = Array.from({ length: 10 }, (_, number) => item(String(number)));
  const result = await inTurn(items, async () => ++calls && null, () => calls > 0, () => {});
  assert.equal(result.done.length + result.left.length, 10);
  assert.ok(calls <= 4);
});

test('previewOf_Items_AreCountedByStatusAndReason', () => {
  const action = { skip: one => one.runtimeStatus !== 'Failed' ? 'has not failed' : one.own && 'would end the same way again' };
  const failed = [{ runtimeStatus: 'Failed' }, { runtimeStatus: 'Failed' }];
  const preview = previewOf(action, [{ runtimeStatus: 'Running' }, ...failed, { runtimeStatus: 'Failed', own: true }], {});
  assert.deepEqual(preview.fits, failed);
  assert.deepEqual(preview.rows, [
    { status: 'Failed', count: 2, why: null },
    { status: 'Running', count: 1, why: 'has not failed' },
    { status: 'Failed', count: 1, why: 'would end the same way again' },
  ]);
});
