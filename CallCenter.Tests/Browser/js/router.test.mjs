import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instanceAddress, listAddress, parse } from '../../../CallCenter.Api/Console/wwwroot/js/router.js';

const collections = ['cases', 'tickets'];
const listOf = hash => {
  const { page, collection, query } = parse(hash, collections);
  return [page, collection, query?.toString()];
};

test('parse_AddressWithoutACollection_IsTheFirstList', () => {
  for (const hash of ['', '#', '#/']) assert.deepEqual(listOf(hash), ['list', 'cases', '']);
  assert.deepEqual(listOf('#/?status=Failed'), ['list', 'cases', 'status=Failed']);
});

test('parse_Collection_IsItsListWithItsFilters', () =>
  assert.deepEqual(listOf('#/tickets?prefix=a%2Fb&status=Failed'), ['list', 'tickets', 'prefix=a%2Fb&status=Failed']));

test('parse_CollectionAndId_IsTheInstance', () => {
  assert.deepEqual(parse('#/cases/a%2Fb', collections), { page: 'instance', collection: 'cases', id: 'a/b' });
  assert.deepEqual(parse('#/tickets/100%', collections), { page: 'instance', collection: 'tickets', id: '100%' });
});

test('parse_UnknownCollection_IsNowhere', () => {
  assert.equal(parse('#/orders', collections).page, 'none');
  assert.equal(parse('#/cases/1/2', collections).page, 'none');
});

test('addresses_AnyId_LeadBack', () => {
  for (const id of ['001', 'a/b', '?#&', '"><svg>', '☎']) {
    assert.deepEqual(parse(instanceAddress('tickets', id), collections), { page: 'instance', collection: 'tickets', id });
  }
  assert.equal(listAddress('tickets', { status: 'Failed', prefix: '' }), '#/tickets?status=Failed');
  assert.equal(listAddress('cases'), '#/cases');
});
