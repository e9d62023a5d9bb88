import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { forward } from './forward.ts';
import { createKubectl } from './kubectl.ts';

/** A kubectl that prints its words and standard input; it refuses to delete, and pretends to forward. */
const SCRIPT = `#!/bin/sh
case "$*" in
  *delete*) echo "error: the server said no" >&2; exit 3;;
  *port-forward*) here=$(/usr/bin/dirname "$0"); echo started >> "$here/started"
    echo "Forwarding from 127.0.0.1:$(/bin/cat "$here/port") -> 8080"; exec /bin/sleep 30;;
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

test('When a forward has ended, then the next reads go through one new one', async () => {
  const server = createServer((req, res) => res.end(req.url)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const forwarding = (port: number) => writeFile(join(folder, 'port'), `${port}`);
  await forwarding(1); // nothing listens there, as after the end of a forward
  const istiod = await forward(kubectl(), 'deploy/istiod', { port: 8080, namespace: 'istio-system' });
  await forwarding((server.address() as AddressInfo).port);
  const answers = await Promise.all(['/a', '/b', '/c'].map((path) => istiod.read(path)));
  expect(answers.map(({ text }) => text)).toEqual(['/a', '/b', '/c']);
  istiod.stop();
  expect((await readFile(join(folder, 'started'), 'utf8')).trim().split('\n')).toHaveLength(2);
  server.close();
});
