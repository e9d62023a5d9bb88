import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { forward } from './forward.ts';
import { createKubectl } from './kubectl.ts';

/** A kubectl that prints its words and standard input; it refuses to delete, and pretends to forward. */
const SCRIPT = `#!/bin/sh
case "$*" in
  *delete*) echo "error: the server said no" >&2; exit 3;;
  *port-forward*) echo "Forwarding from 127.0.0.1:4711 -> 8080"; exec /bin/sleep 30;;
  *) echo "$*"; exec /bin/cat;;
esac
`;
let folder: string;
const kubectl = (namespace?: string) => createKubectl({ env: { PATH: folder }, ...(namespace && { namespace }) });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tuesday-kubectl-'));
  await writeFile(join(folder, 'kubectl'), SCRIPT, { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true }));

test.each<[namespace: string | undefined, words: string]>([
  [undefined, 'get pods'],
  ['shop', '-n shop get pods'],
])('When the namespace is %s, then kubectl gets "%s", and the standard input', async (namespace, words) => {
  expect(await kubectl(namespace).output(['get', 'pods'], 'given')).toBe(`${words}\ngiven`);
});

test('When kubectl fails, then output throws all that it printed, and must one sentence with what mends it', async () => {
  await expect(kubectl('shop').output(['delete', 'x'])).rejects.toThrow(
    'kubectl -n shop delete x ended with 3:\nerror: the server said no\n',
  );
  await expect(kubectl('shop').must(['delete', 'x'], { mend: 'try' })).rejects.toMatchObject({
    message: 'kubectl delete failed: the server said no.',
    mend: 'try',
  });
});

test('When kubectl is not there, then every way to run it throws a Failure', async () => {
  const missing = createKubectl({ env: { PATH: '/nowhere' } });
  for (const running of [missing.run([]), missing.output([]), forward(missing, 'a', { port: 1, namespace: 'b' })])
    await expect(running).rejects.toThrow(new Failure('kubectl is not on PATH.', ''));
});

test('When a port is forwarded, then its URL is the one that kubectl printed', async () => {
  const istiod = await forward(kubectl(), 'deploy/istiod', { port: 8080, namespace: 'istio-system' });
  istiod.stop();
  expect(istiod.url).toBe('http://127.0.0.1:4711');
});
