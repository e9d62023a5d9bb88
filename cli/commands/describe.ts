import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { describe, type MeshFacts } from '../describe/describe.ts';
import { type PodFacts, type ServiceFacts, podText, serviceText } from '@tuesday/mesh/explain';
import { withExamples } from '../examples.ts';
import { withRelativePaths } from '../manifests/file-options.ts';
import type { KubeObject } from '../shop/objects.ts';
import { namespaceOption } from '../options.ts';
import { findOne, type ObjectName, notFound, parseNames } from '../shop/reference.ts';

/** `describe KIND NAME`: a name may be cut short, as in kubectl. */
export function describeCommand(cli: Cli): Command {
  const command = new Command('describe')
    .summary('show objects in detail')
    .description(
      'Describes objects: metadata, source, spec and status; for pods and Services also what the mesh does with them, and because of which object. The beginning of a name is enough.',
    )
    .argument('<kind>', 'a kind, or KIND/NAME')
    .argument('[name...]', 'names, or their beginning')
    .addOption(namespaceOption())
    .action((kind: string, names: string[], { namespace }: { namespace: string }) =>
      printDescriptions(cli, [kind, ...names], namespace),
    );
  return withExamples(command, [
    ['npx tuesday describe pod checkout-v1', 'each pod whose name begins so: who may call it, and by which policy'],
    ['npx tuesday describe service recommendations', 'its subsets, and where its requests go'],
    ['npx tuesday describe vs recommendations', 'the weights, and the file they come from'],
  ]);
}

async function printDescriptions(cli: Cli, words: string[], namespace: string): Promise<void> {
  const objects: KubeObject[] = [];
  for (const named of parseNames(words)) objects.push(...(await find(cli, named, namespace)));
  const texts = await Promise.all(objects.map(async (object) => describe(object, await meshFacts(cli, object))));
  cli.out(texts.join('\n\n'));
}

/** Fetches what the mesh does with a pod or Service; for Istio's objects, only whether they are in force. */
async function meshFacts(cli: Cli, { kind, apiVersion, metadata }: KubeObject): Promise<MeshFacts> {
  const path = `${metadata.namespace}/${metadata.name}`;
  if (kind === 'Pod') {
    const facts = await cli.api.find<PodFacts>(`/describe/pod/${path}`);
    return { mesh: facts ? withRelativePaths(podText(facts, cli.now())) : '', inForce: facts !== undefined };
  }
  if (kind === 'Service') {
    const facts = await cli.api.find<ServiceFacts>(`/describe/service/${path}`);
    return { mesh: facts ? withRelativePaths(serviceText(facts)) : '', inForce: facts !== undefined };
  }
  if (!apiVersion?.includes('.istio.io/')) return { mesh: '', inForce: true };
  const { mesh } = await cli.api.get<{ mesh: boolean }>('/status');
  return { mesh: '', inForce: mesh };
}

async function find(cli: Cli, named: ObjectName, namespace: string): Promise<KubeObject[]> {
  const found = await findOne(cli, named, namespace);
  if (found !== undefined) return [found];
  const all = await cli.api.get<KubeObject[]>('/resources', { kind: named.kind, namespace });
  const near = all.filter(({ metadata }) => metadata.name.startsWith(named.name));
  if (near.length === 0) throw notFound(named);
  return near;
}
