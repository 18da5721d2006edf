import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTitles } from '../../../CallCenter.Api/Console/wwwroot/js/schema/refusal.js';

const fields = [{ path: 'inputCaseID', title: 'Case id' }, { path: 'retry.maxAttempts', title: 'Tries in all' }];

test('withTitles_NameOfAField_IsItsTitle', () => {
  assert.equal(withTitles("'inputCaseID' is blank. Give the id.", fields), 'Case id is blank. Give the id.');
  assert.equal(withTitles("'retry.maxAttempts' must be a whole number.", fields), 'Tries in all must be a whole number.');
  assert.equal(withTitles("Give 'inputCaseID' too.", fields), 'Give “Case id” too.');
});

test('withTitles_AnythingElse_StaysAsItIs', () => {
  assert.equal(withTitles("There is a case with the instance id 'taken' already.", fields), "There is a case with the instance id 'taken' already.");
  assert.equal(withTitles("'retryXmaxAttempts' is not known.", fields), "'retryXmaxAttempts' is not known.");
});

test('withTitles_TitleWithADollarSign_IsTakenAsItIs', () =>
  assert.equal(withTitles("'price' is missing.", [{ path: 'price', title: 'Price ($&)' }]), 'Price ($&) is missing.'));
