import { describe, expect, test } from '@jest/globals';
import type { Headers } from '../../model/routing/route.ts';
import { headerChanges } from './headers.ts';

describe('headerChanges', () => {
  const settingX = (x: string): Headers => ({
    request: { set: { x }, add: {}, remove: [] },
    response: { set: {}, add: {}, remove: [] },
  });
  const set = (value: string) => ({ header: { key: 'x', value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' });

  test('When a route and its destination set one header, then the destination sets it last', () => {
    expect(headerChanges(settingX('route'), settingX('destination'))).toEqual({
      request_headers_to_add: [set('route'), set('destination')],
    });
  });

  test('When no changes are given, then there are no fields', () => {
    expect(headerChanges(undefined)).toEqual({});
  });
});
