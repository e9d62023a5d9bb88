import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { deployment, service } from '../testing/manifests.ts';
import { INJECTED, gatewayTo, testEnvoy } from '../testing/mesh.ts';
import { type TestRunner, startTestRunner } from '../testing/runner.ts';

// Each request makes a new connection, so each shows both certificates.
const ONE_REQUEST = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec:
  host: web
  trafficPolicy: { connectionPool: { http: { maxRequestsPerConnection: 1 } } }
`;
// Ends within the test. A new one comes at each check, since half of so short a life is over at once: a busy machine has 7 s for it.
const LEAF_MS = 8_000;

let shop: TestRunner;
beforeAll(async () => {
  const documents = [INJECTED, deployment({ app: 'web' }), service('web'), gatewayTo('web'), ONE_REQUEST];
  shop = await startTestRunner(documents, testEnvoy(), { certificates: { leafMs: LEAF_MS, checkMs: 500 } });
}, 60_000);
afterAll(async () => shop?.[Symbol.asyncDispose]());

/** The certificate that web's Envoy presents to callers. */
function shown(): Promise<X509Certificate> {
  const web = shop.runner.pods.all().find((pod) => pod.labels['app'] === 'web')!;
  const { port } = web.proxy!.placement.inbound(8080);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['istio'] }, () => {
      resolve(new X509Certificate(socket.getPeerX509Certificate()!.raw));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('When certificates are renewed many times under load, then no request fails, and each is used before the previous one expires', async () => {
  const statuses: number[] = [];
  let over = false;
  const load = Array.from({ length: 4 }, async () => {
    while (!over)
      statuses.push((await fetch(`${shop.runner.url}/who`).then((answer) => (answer.arrayBuffer(), answer))).status);
  });
  const serials = new Set<string>();
  for (let look = 0; look < 50; look++) {
    const certificate = await shown();
    serials.add(certificate.serialNumber);
    expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now());
    await wait(200);
  }
  over = true;
  await Promise.all(load);
  expect(serials.size).toBeGreaterThanOrEqual(10);
  expect(statuses.length).toBeGreaterThan(500);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
}, 60_000);
