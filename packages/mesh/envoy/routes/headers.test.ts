import { headerChanges, rewrittenAuthority } from './headers.ts';
import { describe, expect, test } from '@jest/globals';

describe('headerChanges', () => {
  const request = { set: { Host: 'other', x: '1' }, add: {}, remove: [] };
  const headers = { request, response: { set: {}, add: {}, remove: [] } };

  test('When the host is among the headers to set, then it is rewritten and no header', () => {
    expect(rewrittenAuthority(headers)).toBe('other');
    expect(headerChanges(headers)).toEqual({
      request_headers_to_add: [{ header: { key: 'x', value: '1' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }],
    });
  });

  test('When nobody asks for changes, then nothing is said', () => {
    expect(headerChanges(undefined)).toEqual({});
  });
});
