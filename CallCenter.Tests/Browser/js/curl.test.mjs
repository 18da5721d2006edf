import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curl, exampleOf, quoted } from '../../../CallCenter.Api/Console/wwwroot/js/instance/curl.js';

test('quoted_AnyText_IsOneWordOfAShell', () => assert.equal(quoted("it's $HOME"), `'it'\\''s $HOME'`));

test('curl_Request_HoldsTheVariableAndNotTheKey', () => {
  assert.equal(curl({ url: 'http://h/api/cases/1' }), `curl 'http://h/api/cases/1'`);
  assert.equal(curl({ url: 'http://h/1', method: 'POST', body: { resolved: true }, withKey: true }), [
    `curl -X POST 'http://h/1'`, '-H "x-functions-key: $CALLCENTER_KEY"', `-H 'Content-Type: application/json'`, `-d '{"resolved":true}'`].join(' \\\n  '));
});

test('exampleOf_Schema_IsTheSmallestAnswerToThisAttempt', () => {
  const schema = {
    required: ['resolved', 'pieces', 'address', 'size'],
    properties: {
      resolved: { type: 'boolean' }, attempt: { type: ['integer', 'null'] }, note: { type: 'string' }, pieces: { type: 'integer', minimum: 3 },
      address: { type: 'object', required: ['city'], properties: { city: { type: 'string', examples: ['Ulm'] }, zip: { type: 'string' } } },
      size: { enum: ['small', 'large'] },
    },
  };

  assert.deepEqual(exampleOf(schema, 2), { resolved: true, attempt: 2, pieces: 3, address: { city: 'Ulm' }, size: 'small' });
});
