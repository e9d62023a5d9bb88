import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { istio } from '../../../../test/support/mesh/objects.ts';
import { resourcesOf } from '../../../../test/support/mesh/small-mesh.ts';
import { istioWarnings } from './istio.ts';

const warnings = (kind: string, spec: string) =>
  resourcesOf(istio(kind, 'x', spec)).flatMap((one) => istioWarnings(one).map(({ message }) => message));

const EMPTY = 'has a selector without labels, which selects every pod of its namespace.';
const RINGS = '{ loadBalancer: { consistentHash: { httpHeaderName: a, minimumRingSize: 7 } } }';
const answer = (bytes: number) =>
  `  hosts: [a]\n  http: [{ directResponse: { status: 200, body: { string: ${'a'.repeat(bytes)} } } }]`;
const to = '  http: [{ route: [{ destination: { host: a } }] }]';

/** What is said of an object, without where it is. */
const said = (kind: string, spec: string) =>
  warnings(kind, spec).map((message) => message.replace(/^my\.yaml:\d+: \w+ x /, ''));

test.each([
  ['AuthorizationPolicy', '  selector: {}', [EMPTY]],
  ['PeerAuthentication', '  selector: { matchLabels: {} }', [EMPTY]],
  ['PeerAuthentication', '  selector: { matchLabels: { app: a } }', []],
  ['PeerAuthentication', '  mtls: { mode: STRICT }', []],
  ['RequestAuthentication', '  selector: {}', [EMPTY]],
  ['Telemetry', '  selector: {}', [EMPTY]],
  ['Telemetry', '  tracing: [{}, {}]', ['has several entries of tracing, of which only the first counts.']],
  [
    'Telemetry',
    '  tracing: [{ providers: [{ name: a }, { name: b }] }]',
    ['has several providers, of which only the first counts.'],
  ],
  ['Telemetry', '  tracing: [{ providers: [{ name: a }] }]', []],
  ['VirtualService', answer(102_401), ['answers with more than 102400 bytes, which each proxy keeps.']],
  ['VirtualService', answer(102_400), []],
  [
    'VirtualService',
    `  hosts: [a]\n  gateways: [b.shop]\n${to}`,
    ['names a Gateway as before Istio 1.1: write shop/b.'],
  ],
  ['VirtualService', `  hosts: [a]\n  gateways: [shop/b.c, mesh]\n${to}`, []],
  ['DestinationRule', `  host: a\n  trafficPolicy: ${RINGS}`, ['has the older name of ringHash.minimumRingSize.']],
  [
    'DestinationRule',
    `  host: a\n  subsets: [{ name: v1, trafficPolicy: ${RINGS} }]`,
    ['has the older name of ringHash.minimumRingSize.'],
  ],
])('When a %s has %s, then these are the warnings: %j', (kind, spec, expected) => {
  expect(said(kind, spec)).toEqual(expected);
});

test('When the keys of a RequestAuthentication have a private one, then a warning says so', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [ofPublic, ofPrivate] = [pair.publicKey, pair.privateKey].map((key) => {
    const jwks = JSON.stringify({ keys: [key.export({ format: 'jwk' })] });
    return said('RequestAuthentication', `  jwtRules: [{ issuer: a, jwks: '${jwks}' }]`);
  });
  expect(ofPublic).toEqual([]);
  expect(ofPrivate).toEqual(['holds a private key, and everybody who reads it can sign.']);
});
