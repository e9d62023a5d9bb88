import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SERVICES } from '../../../places/repository.ts';
import { type ReachablePort, reachablePortsOf } from '../../support/reachable-ports.ts';
import { type Outcome, type Probe, SSL_REQUEST } from '../../../places/probe.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
const PLAIN = 'pod without sidecar';
const OUTSIDE = 'uninjected namespace';
const MESHED = { account: 'checkout' };
const doors = await reachablePortsOf(shop);
beforeAll(() => shop.callers.start(PLAIN, OUTSIDE, MESHED), 200_000);
afterAll(async () => {
  await shop.callers.stop(PLAIN, OUTSIDE, MESHED);
  await shop[Symbol.asyncDispose]();
}, 60_000);

// Open by Istio's design: merged metrics, readiness, Envoy's own metrics, and the gateway's port, which is for clients outside.
const OPEN = new Set([15020, 15021, 15090]);
const isOpen = ({ app, port }: ReachablePort) => OPEN.has(port) || app === 'gateway';
const closed = doors.filter((door) => !isOpen(door));

const plaintext = ({ host, port, isHttp }: ReachablePort): Probe =>
  isHttp ? { kind: 'http', url: `http://${host}:${port}/` } : { kind: 'tcp', host, port, hex: SSL_REQUEST };
const withoutCertificate = ({ host, port }: ReachablePort): Probe => ({ kind: 'tls', host, port });
const answered = (outcomes: Outcome[]) =>
  closed.filter((_door, index) => outcomes[index]!.end === 'answered').map(nameOf);
const nameOf = ({ app, host, port }: ReachablePort) => `${app} ${host}:${port}`;

test('When the reachable ports are counted, then every Service and every pod of the shop has one', () => {
  const apps = new Set(closed.map(({ app }) => app));
  expect([...apps].sort()).toEqual([...SERVICES, 'postgres'].sort());
  expect(closed.length).toBeGreaterThanOrEqual(13); // five Services, eight pods
  console.info(`open without mTLS, by design: ${doors.filter(isOpen).map(nameOf).join(', ')}`);
});

describe.each([PLAIN, OUTSIDE] as const)('from a %s', (caller) => {
  test('When a client sends plaintext to any of them, then its connection is reset', async () => {
    const outcomes = await shop.callers.probe(caller, closed.map(plaintext));
    expect(outcomes.map(({ end }) => end)).toEqual(closed.map(() => 'ECONNRESET'));
  });

  test('When a client uses TLS without a certificate, then it sees the SPIFFE id of the callee and is rejected', async () => {
    const outcomes = await shop.callers.probe(caller, closed.map(withoutCertificate));
    expect(outcomes.map(({ end, san }, index) => [nameOf(closed[index]!), end, san])).toEqual(
      closed.map((door) => [
        nameOf(door),
        expect.stringMatching(/CERTIFICATE_REQUIRED|ECONNRESET/),
        expect.stringContaining(`URI:spiffe://cluster.local/ns/shop/sa/${door.app}`),
      ]),
    );
  });

  test('When the ports that are open by design are called, then they answer, so calls do reach the pods', async () => {
    const open = doors.filter(({ port }) => port === 15021);
    const outcomes = await shop.callers.probe(
      caller,
      open.map(({ host, port }) => ({ kind: 'http', url: `http://${host}:${port}/healthz/ready` })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(open.map(() => 200));
  });
});

test('When the same calls come from a pod with a sidecar, then each Service answers', async () => {
  const services = closed.filter(({ isService }) => isService);
  const outcomes = await shop.callers.probe(MESHED, services.map(plaintext));
  expect(outcomes.map(({ end }) => end)).toEqual(services.map(() => 'answered'));
});

test('When plaintext is permitted again, then the check of STRICT fails at every port', async () => {
  await shop.apply('istio/security/permissive.yaml');
  const http = closed.filter(({ isHttp }) => isHttp);
  const outcomes = await shop.callers.probe(PLAIN, closed.map(plaintext));
  await shop.reset();
  // For HTTP the policies answer 403; PostgreSQL's port accepts the connection, and its policy closes it.
  expect(answered(outcomes)).toEqual(http.map(nameOf));
  expect(outcomes.every(({ end }) => end !== 'ECONNRESET')).toBe(true);
}, 90_000);

test('When one port of one service is set to DISABLE, then the check fails at that port and no other', async () => {
  await shop.apply('istio/security/disable-port.yaml');
  const outcomes = await shop.callers.probe(PLAIN, closed.map(plaintext));
  await shop.reset();
  const weak = closed.filter(({ app }) => app === 'recommendations').map(nameOf);
  expect(answered(outcomes)).toEqual(weak);
}, 90_000);
