import assert from 'node:assert/strict';
import test from 'node:test';
import { sendTaskSuccess } from '../../../CallCenter.Api/Console/wwwroot/js/instance/awsCli.js';
import { exampleOf } from '../../../CallCenter.Api/Console/wwwroot/js/instance/curl.js';

test('sendTaskSuccess_TokenAndAnswer_StandAsAShellTakesThem', () => {
  const schema = { properties: { resolved: { type: 'boolean' }, attempt: { type: 'integer' } }, required: ['resolved'] };

  assert.equal(sendTaskSuccess({ endpoint: 'http://h/aws', taskToken: 'a_b-c', output: exampleOf(schema) }), [
    `aws stepfunctions send-task-success --endpoint-url 'http://h/aws'`, `--task-token 'a_b-c'`, `--task-output '{"resolved":true}'`].join(' \\\n  '));
});
