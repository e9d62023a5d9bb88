import { expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { newKey, sessionKeys } from './testing/session-keys.ts';

const read = (env: Record<string, string>) =>
  readConfig({ SERVICE_NAME: 'storefront', SESSION_KEYS: sessionKeys(newKey('a')), ...env });

test('When nothing but the name and the keys are given, then recommendations is found by its Service name', () => {
  expect(read({}).recommendationsUrl).toBe('http://recommendations');
  expect(read({}).demoCustomers.size).toBe(0);
});

test('When the address is no URL, then the fault names the variable', () => {
  expect(() => read({ RECOMMENDATIONS_URL: 'recommendations' })).toThrow('RECOMMENDATIONS_URL');
});

const key = newKey('a') as Record<string, string>;
const other = newKey('a') as Record<string, string>;
const { kid: _kid, ...nameless } = key;
const { d: _d, ...publicHalf } = key;
test.each([
  ['no JSON', '{', 'is no JSON'],
  ['no set', JSON.stringify(key), 'has a fault at keys'],
  ['an empty set', sessionKeys(), 'has a fault at keys'],
  ['a key without a name', sessionKeys(nameless), 'has a fault at keys.0.kid'],
  ['a public key', sessionKeys(key, publicHalf), 'has a fault at keys.1.d'],
  ['a key of another algorithm', sessionKeys({ ...key, alg: 'ES384' }), 'has a fault at keys.0.alg'],
  ['halves of two keys', sessionKeys({ ...key, x: other['x'], y: other['y'] }), 'parts do not belong together'],
])('When the session keys are %s, then the fault says so and tells nothing of the key', (_name, text, reason) => {
  const fault = (() => {
    try {
      return read({ SESSION_KEYS: text }) && '';
    } catch (error) {
      return String(error);
    }
  })();
  expect(fault).toContain(`Environment variable SESSION_KEYS: `);
  expect(fault).toContain(`${reason}`);
  expect(fault).not.toContain(key['d']);
});

test('When the demo customers are listed, then each has a name and roles', () => {
  expect([...read({ DEMO_CUSTOMERS: 'ada=admin=staff,bob' }).demoCustomers]).toEqual([
    ['ada', ['admin', 'staff']],
    ['bob', []],
  ]);
  for (const wrong of ['Ada', 'ada,', ',ada', 'ada bob', 'ada=', 'ada;bob'])
    expect(() => read({ DEMO_CUSTOMERS: wrong })).toThrow('DEMO_CUSTOMERS: must read like ada=admin,bob');
});
