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

test('When an Envoy has its configuration, then it is live; before that, and when it is not there, it is not', async () => {
  expect(await isEnvoyReady((await admin([200, 'LIVE\n'])).socket)).toBe(true);
  expect(await isEnvoyReady((await admin([503, 'PRE_INITIALIZING\n'])).socket)).toBe(false);
  expect(await isEnvoyReady(join(folder, 'missing.sock'))).toBe(false);
});

test('When an Envoy drains, then it ends once its last caller has gone, the runner itself not counted', async () => {
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

test('When callers do not go, then it ends all the same; at once when Envoy has gone', async () => {
  const { socket } = await admin([200, 'OK\n'], [200, 'listener.127.0.0.1_8080.downstream_cx_active: 1\n']);
  const began = performance.now();
  await drain(socket, 200);
  await drain(join(folder, 'missing.sock'), 20_000);
  expect(performance.now() - began).toBeGreaterThanOrEqual(200);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('When what Envoy shows holds a key after all, then it is taken out wherever it stands', () => {
  const shown = {
    secrets: [{ tls_certificate: { certificate_chain: 'chain', private_key: { inline_string: 'hunter2' } } }],
  };
  const safe = redactKeys(shown);
  expect(JSON.stringify(safe)).not.toMatch(/hunter2/);
  expect(safe).toEqual({ secrets: [{ tls_certificate: { certificate_chain: 'chain', private_key: '[redacted]' } }] });
});
