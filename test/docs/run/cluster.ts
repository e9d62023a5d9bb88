import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Place } from '../../../places/place.ts';
import { runProgram } from '../../../places/program.ts';
import { OVERLAY, ROOT } from '../../../places/repository.ts';
import { type Ground, withoutSecrets } from './ground.ts';
import { type KubeObject, lookAtShop, lookAtTree } from './look.ts';

/** What a document may change on a cluster: namespaces, workloads, and the kinds of lessons. */
const KINDS = [
  'namespaces',
  'deployments,statefulsets,services,serviceaccounts,configmaps',
  'virtualservices,destinationrules,gateways.networking.istio.io,serviceentries',
  'peerauthentications,requestauthentications,authorizationpolicies,telemetries.telemetry.istio.io',
].join();

/** The root of the clone, with the cluster of KUBECONFIG, whose files are copied into one: a document may choose another namespace. */
export async function cluster(shop: Place, env: NodeJS.ProcessEnv, root: string = ROOT): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'tuesday-kubeconfig-'));
  const config = join(folder, 'config');
  await writeFile(config, await shop.command('config', 'view', '--raw', '--flatten'), { mode: 0o600 });
  const objectsOf = async (namespace: string) => {
    const list = await shop.command('get', KINDS, '-n', namespace, '-o', 'json');
    return (JSON.parse(list) as { items: KubeObject[] }).items;
  };
  const own = {
    ...withoutSecrets(env),
    KUBECONFIG: config,
    PATH: [dirname(process.execPath), env['PATH']].join(delimiter),
  };
  return {
    cwd: root,
    env: own,
    isShared: true,
    async look() {
      const objects = await Promise.all(['shop', 'istio-system'].map(objectsOf));
      return new Map([...lookAtShop(objects.flat(), await shop.pods()), ...lookAtTree(root)]);
    },
    async reset() {
      // A document may have deleted what the shop does not reset: a workload, or all of it.
      await runProgram('kubectl', ['apply', '-k', OVERLAY], { cwd: ROOT, env: own });
      await shop.reset();
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
