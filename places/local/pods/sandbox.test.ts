import { expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { listen } from '../network/ports.ts';
import { deployment } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { createSandbox } from './sandbox.ts';

const web = resource(deployment());

/** Whether another runner could take the cell of this port: its marker is the port before. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await listen(server, port - 1).then(
    () => true,
    () => false,
  );
  server.close();
  return free;
}

test('When a pod cannot be made, then it keeps no port', async () => {
  const pod = fakePod(web, { template: podTemplateOf(web)! });
  let taken = 0;
  const failing = createSandbox(pod, async ({ ports }) => {
    taken = ports.get(8080)!;
    expect(await isFree(taken)).toBe(false);
    throw new Error('ENOSPC');
  });
  await expect(failing).rejects.toThrow('ENOSPC');
  expect(await isFree(taken)).toBe(true);
});

test('When the Envoy’s files cannot be removed, then the ports are free all the same', async () => {
  const release = () => {
    throw new Error('EACCES');
  };
  const sandbox = await createSandbox(fakePod(web), async () => ({ release }) as never);
  expect(sandbox.release).toThrow('EACCES');
  expect(await isFree(sandbox.ports.get(8080)!)).toBe(true);
});
