import { afterAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drain, isEnvoyReady, redactKeys } from './envoy-admin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuesday-admin-'));
const servers: Server[] = [];
afterAll(async () => servers.forEach((server) => server.close()));

/** An admin interface that answers in turn, its last answer for ever, and keeps what it was asked. */
async function admin(...answers: [status: number, text: string][]) {
  const asked: string[] = [];
  const socket = join(folder, `${servers.length}.sock`);
  const server = createServer((req, res) => {
    const [status, text] = answers[Math.min(asked.push(`${req.method} ${req.url}`), answers.length) - 1]!;
    res.writeHead(status).end(text);
  }).listen(socket);
  servers.push(server);
  await once(server, 'listening');
  return { socket, asked };
}

test('When an Envoy has its configuration, then it is ready; before that, and when it does not run, it is not', async () => {
  expect(await isEnvoyReady((await admin([200, 'LIVE\n'])).socket)).toBe(true);
  expect(await isEnvoyReady((await admin([503, 'PRE_INITIALIZING\n'])).socket)).toBe(false);
  expect(await isEnvoyReady(join(folder, 'missing.sock'))).toBe(false);
});

test('When an Envoy drains, then the drain ends once its last caller has left; the runner itself does not count', async () => {
  const counts = (callers: number): [number, string] => [
    200,
    `listener.127.0.0.1_8080.downstream_cx_active: ${callers}\nlistener.admin.downstream_cx_active: 1\n`,
  ];
  const { socket, asked } = await admin([200, 'OK\n'], counts(2), counts(1), counts(0));
  await drain(socket, 20_000);
  expect(asked).toHaveLength(4);
  expect(asked[0]).toBe('POST /drain_listeners?graceful');
  expect(asked[1]).toMatch(/^GET \/stats\?filter=/);
});

test('When callers do not leave, then the drain ends after its limit; at once when the Envoy has ended', async () => {
  const { socket } = await admin([200, 'OK\n'], [200, 'listener.127.0.0.1_8080.downstream_cx_active: 1\n']);
  const began = performance.now();
  await drain(socket, 200);
  await drain(join(folder, 'missing.sock'), 20_000);
  expect(performance.now() - began).toBeGreaterThanOrEqual(200);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('When Envoy’s answer contains a key, then it is removed at any depth', () => {
  const shown = {
    secrets: [{ tls_certificate: { certificate_chain: 'chain', private_key: { inline_string: 'hunter2' } } }],
  };
  const safe = redactKeys(shown);
  expect(JSON.stringify(safe)).not.toMatch(/hunter2/);
  expect(safe).toEqual({ secrets: [{ tls_certificate: { certificate_chain: 'chain', private_key: '[redacted]' } }] });
});
