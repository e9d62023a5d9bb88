import { expect, test } from '@jest/globals';
import { readText } from '../../text.ts';
import { claimNames } from './claim-names.ts';

test.each([
  ['@request.auth.claims.sub', ['sub']],
  ['@request.auth.claims.group.id', ['group', 'id']],
  ['@request.auth.claims[sub]', ['sub']],
  ['@request.auth.claims[https://example.org/group][id]', ['https://example.org/group', 'id']],
  ['@Request.Auth.Claims.Sub', ['Sub']],
  ['@request.auth.claims', undefined],
  ['@request.auth.claims.', undefined],
  ['@request.auth.claims[]', undefined],
  ['@request.auth.claims[sub', undefined],
  ['x-user', undefined],
])('When a match is written for %s, then its claim is %j', (header, names) => {
  expect(claimNames(header)).toEqual(names);
});

const virtualService = (match: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a }
spec: { hosts: [a.example], gateways: [shop], http: [{ match: [${match}], route: [{ destination: { host: a } }] }] }`;
const read = (match: string) => readText({ file: 'my.yaml', text: virtualService(match), namespace: 'shop' });

test.each(['headers', 'withoutHeaders'])('When %s name a claim, then it has a value', (field) => {
  expect(read(`{ ${field}: { "@request.auth.claims.sub": { exact: ada } } }`)).toHaveLength(1);
  expect(() => read(`{ ${field}: { x-user: {}, "@request.auth.claims.sub": {} } }`)).toThrow(
    `my.yaml:4: VirtualService spec.http[0].match[0].${field} must have exact, prefix or regex for a claim.`,
  );
});
