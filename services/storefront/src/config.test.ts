import { expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

test('When nothing but the name is given, then recommendations is found by its Service name', () => {
  expect(readConfig({ SERVICE_NAME: 'storefront' }).recommendationsUrl).toBe('http://recommendations');
});

test('When the address is no URL, then the fault names the variable', () => {
  expect(() => readConfig({ SERVICE_NAME: 'storefront', RECOMMENDATIONS_URL: 'recommendations' })).toThrow(
    'RECOMMENDATIONS_URL',
  );
});
