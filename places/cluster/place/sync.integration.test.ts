import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKubectl } from '../kubectl/kubectl.ts';
import { openSync } from './sync.ts';

/** What istiod has sent to its only proxy, and what that has acknowledged in each look at it. */
let looks: { sent: string; acked: string[] };
const istiod = createServer((_, response) => {
  const { sent, acked } = looks;
  const cluster_acked = acked.length > 1 ? acked.shift() : acked[0];
  response.end(JSON.stringify([{ proxy: 'billing', cluster_sent: sent, cluster_acked }]));
});
let folder: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => istiod.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'tuesday-sync-'));
  const { port } = istiod.address() as { port: number };
  const script = `#!/bin/sh\necho "Forwarding from 127.0.0.1:${port} -> 8080"; exec /bin/sleep 30\n`;
  await writeFile(join(folder, 'kubectl'), script);
  await chmod(join(folder, 'kubectl'), 0o755);
});
afterAll(async () => {
  istiod.close();
  await rm(folder, { recursive: true });
});

test('When nothing changes, then an earlier change that a proxy has not acknowledged is waited for', async () => {
  looks = { sent: 'b', acked: ['a', 'a', 'a', 'b'] };
  const sync = await openSync(createKubectl({ env: { PATH: folder } }));
  await sync.applyAndWait(async () => 'virtualservice.networking.istio.io/billing unchanged\n');
  sync.stop();
  expect(looks.acked).toEqual(['b']);
});
