import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { type Around, describe } from '../describe/describe.ts';
import { type PodFacts, type ServiceFacts, podText, serviceText } from '@tuesday/mesh/explain';
import { withExamples } from '../examples.ts';
import { withRelativePaths } from '../manifests/file-options.ts';
import { eventsText } from '../describe/pod.ts';
import type { EventObject, KubeObject } from '../shop/objects.ts';
import { printableLines } from '../print/lines.ts';
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
  const texts = await Promise.all(objects.map(async (object) => describe(object, await around(cli, object))));
  cli.out(printableLines(texts.join('\n\n')));
}

/** Fetches what the mesh does with a pod or Service, and a pod's events; for Istio's objects, only whether they are in force. */
async function around(cli: Cli, { kind, apiVersion, metadata }: KubeObject): Promise<Around> {
  const path = `${metadata.namespace}/${metadata.name}`;
  if (kind === 'Pod') {
    const facts = await cli.api.find<PodFacts>(`/describe/pod/${path}`);
    const mesh = facts ? withRelativePaths(podText(facts, cli.now())) : '';
    return { mesh, inForce: facts !== undefined, events: await eventsOf(cli, metadata) };
  }
  if (kind === 'Service') {
    const facts = await cli.api.find<ServiceFacts>(`/describe/service/${path}`);
    return { mesh: facts ? withRelativePaths(serviceText(facts)) : '', inForce: facts !== undefined };
  }
  if (!apiVersion?.includes('.istio.io/')) return { mesh: '', inForce: true };
  const { mesh } = await cli.api.get<{ mesh: boolean }>('/status');
  return { mesh: '', inForce: mesh };
}

async function eventsOf(cli: Cli, { name, namespace }: KubeObject['metadata']): Promise<string> {
  const all = await cli.api.get<EventObject[]>('/resources', { kind: 'Event', namespace });
  return eventsText(
    all.filter(({ involvedObject }) => involvedObject.name === name),
    cli.now(),
  );
}

async function find(cli: Cli, named: ObjectName, namespace: string): Promise<KubeObject[]> {
  const found = await findOne(cli, named, namespace);
  if (found !== undefined) return [found];
  const all = await cli.api.get<KubeObject[]>('/resources', { kind: named.kind, namespace });
  const near = all.filter(({ metadata }) => metadata.name.startsWith(named.name));
  if (near.length === 0) throw notFound(named);
  return near;
}
