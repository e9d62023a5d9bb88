import { Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { type Example, withExamples } from '../examples.ts';
import { namespaceOption, podArgument, wholeNumber } from '../options.ts';
import { toJson } from '../print/data.ts';
import { filterClusters, type ClusterFilter, clusterRows } from '../proxy-config/clusters.ts';
import { readDump } from '../proxy-config/dump.ts';
import { filterHosts, type EndpointFilter, endpointRows } from '../proxy-config/endpoints.ts';
import { filterListeners, type ListenerFilter, listenerRows } from '../proxy-config/listeners.ts';
import { filterRoutes, routeRows } from '../proxy-config/routes.ts';
import { secretRows } from '../proxy-config/secrets.ts';
import { findPod } from '../shop/find-pod.ts';
import { table } from '@tuesday/mesh/explain';

type Options = ClusterFilter & EndpointFilter & ListenerFilter & { namespace: string; output?: 'json' | 'wide' };

/** One kind of configuration: the table, and the data of `-o json`. */
interface Answer {
  rows: string[][];
  data: unknown;
}

interface Kind {
  name: string;
  aliases: string[];
  summary: string;
  /** The page of Envoy's admin interface. */
  page: 'config_dump' | 'clusters';
  flags: (keyof typeof FLAGS)[];
  example: Example;
  answer(shown: unknown, options: Options, now: number): Answer;
}

/** istioctl's own, each where istioctl has it. */
const FLAGS = {
  port: () => new Option('--port <number>', 'only of this port').argParser(wholeNumber(1)),
  address: () => new Option('--address <ip>', 'only at this address'),
  name: () => new Option('--name <name>', 'only of this name'),
  fqdn: () => new Option('--fqdn <host>', 'only of hosts that contain this'),
  direction: () => new Option('--direction <word>', 'only these').choices(['inbound', 'outbound']),
  subset: () => new Option('--subset <name>', 'only of this subset'),
  cluster: () => new Option('--cluster <name>', 'only of this cluster'),
  status: () => new Option('--status <word>', 'only these, such as HEALTHY'),
};

const KINDS: Kind[] = [
  {
    name: 'listeners',
    aliases: ['listener', 'l'],
    summary: 'where it listens, and what for',
    page: 'config_dump',
    flags: ['port', 'address', 'name'],
    example: [
      'npx tuesday proxy-config listeners deploy/checkout-v1 --port 8080',
      'which protocols its inbound listener accepts',
    ],
    answer(shown, options) {
      const data = filterListeners(readDump(shown).listeners, options);
      return { data, rows: listenerRows(data, options.output === 'wide') };
    },
  },
  {
    name: 'routes',
    aliases: ['route', 'r'],
    summary: 'which requests lead where, and by which VirtualService',
    page: 'config_dump',
    flags: ['name'],
    example: [
      'npx tuesday proxy-config routes deploy/storefront --name 80 -o json',
      'with weights, timeouts and retries',
    ],
    answer(shown, options) {
      const data = filterRoutes(readDump(shown).routes, options);
      return { data, rows: routeRows(data) };
    },
  },
  {
    name: 'clusters',
    aliases: ['cluster', 'c'],
    summary: 'the clusters that it can reach, by subset',
    page: 'config_dump',
    flags: ['port', 'fqdn', 'direction', 'subset'],
    example: [
      'npx tuesday proxy-config clusters deploy/storefront --fqdn recommendations',
      'the subsets of one Service',
    ],
    answer(shown, options) {
      const data = filterClusters(readDump(shown).clusters, options);
      return { data, rows: clusterRows(data) };
    },
  },
  {
    name: 'endpoints',
    aliases: ['endpoint', 'ep'],
    summary: 'which pods are behind each cluster, and whether they are healthy',
    page: 'clusters',
    flags: ['port', 'address', 'cluster', 'status'],
    example: ['npx tuesday proxy-config endpoints deploy/storefront --status HEALTHY', 'only healthy pods'],
    answer(shown, options) {
      const data = filterHosts(shown, options);
      return { data, rows: endpointRows(data) };
    },
  },
  {
    name: 'secrets',
    aliases: ['secret', 's'],
    summary: 'its certificate and the trusted CA; never a key',
    page: 'config_dump',
    flags: [],
    example: ['npx tuesday proxy-config secrets deploy/checkout-v1', 'until when its certificate is valid'],
    answer(shown, _options, now) {
      const data = readDump(shown).secrets;
      return { data, rows: secretRows(data, now) };
    },
  },
];

/** `proxy-config KIND POD`, as istioctl's: the configuration that an Envoy itself reports. */
export function proxyConfigCommand(cli: Cli): Command {
  const command = new Command('proxy-config')
    .alias('pc')
    .summary('the configuration of an Envoy')
    .description(
      'Shows the configuration of the Envoy of a pod as Envoy itself reports it, as istioctl proxy-config does.',
    );
  for (const kind of KINDS) command.addCommand(kindCommand(cli, kind));
  return withExamples(
    command,
    KINDS.map(({ example }) => example),
  );
}

function kindCommand(cli: Cli, kind: Kind): Command {
  const command = new Command(kind.name)
    .aliases(kind.aliases)
    .summary(kind.summary)
    .description(`Shows of the Envoy of a pod: ${kind.summary}.`)
    .addArgument(podArgument())
    .addOption(new Option('-o, --output <format>', 'data, or one column more').choices(['json', 'wide']))
    .addOption(namespaceOption())
    .action((pod: string, options: Options) => show(cli, { kind, pod }, options));
  for (const flag of kind.flags) command.addOption(FLAGS[flag]());
  return withExamples(command, [kind.example]);
}

async function show(cli: Cli, { kind, pod: word }: { kind: Kind; pod: string }, options: Options): Promise<void> {
  const { metadata } = await findPod(cli, word, options.namespace);
  const path = `/pods/${metadata.namespace ?? options.namespace}/${metadata.name}/envoy/${kind.page}`;
  const { rows, data } = kind.answer(await cli.api.get(path), options, cli.now());
  cli.out(options.output === 'json' ? toJson(data) : table(rows));
}
