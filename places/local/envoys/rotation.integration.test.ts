import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
// Ends within the test. A new one comes at each check, since half of so short a life is over at once: a busy machine has 11 s for it.
const LEAF_MS = 12_000;
// Also ends within the test. A new one comes whenever the one before the last has gone, about every 14 s: a busy machine has 18 s for it.
const ROOT_MS = 30_000;

let shop: TestRunner;
beforeAll(async () => {
  const documents = [INJECTED, deployment({ app: 'web' }), service('web'), gatewayTo('web'), ONE_REQUEST];
  const certificates = { leafMs: LEAF_MS, rootMs: ROOT_MS, checkMs: 500 };
  shop = await startTestRunner(documents, testEnvoy(), { certificates });
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

/** The trusted root that signed a certificate, PEM; undefined if there is none. */
async function rootOf(certificate: X509Certificate): Promise<string | undefined> {
  const roots: Record<string, { certificate: string }> = JSON.parse(
    await readFile(join(shop.state, 'ca', 'roots.json'), 'utf8'),
  );
  const all = Object.values(roots).map((root) => root.certificate);
  return all.find((pem) => certificate.verify(new X509Certificate(pem).publicKey));
}

test('When certificates and their roots are replaced many times under load, then no request fails, and each is used before the previous one expires', async () => {
  const outcomes: string[] = [];
  let over = false;
  const load = Array.from({ length: 4 }, async () => {
    while (!over) {
      const answer = await fetch(`${shop.runner.url}/who`);
      const text = await answer.text();
      outcomes.push(answer.status === 200 ? '200' : `${answer.status} ${text} at ${new Date().toISOString()}`);
    }
  });
  const serials = new Set<string>();
  const roots = new Set<string | undefined>();
  const end = Date.now() + ROOT_MS;
  while (Date.now() < end) {
    const certificate = await shown();
    serials.add(certificate.serialNumber);
    roots.add(await rootOf(certificate));
    expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now());
    await wait(200);
  }
  over = true;
  await Promise.all(load);
  expect(serials.size).toBeGreaterThanOrEqual(10);
  expect(roots.size).toBeGreaterThanOrEqual(3);
  expect(roots).not.toContain(undefined);
  expect(outcomes.length).toBeGreaterThan(100);
  expect(outcomes.filter((outcome) => outcome !== '200')).toEqual([]);
}, 120_000);
