import { Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { rowsOf } from '../print/columns/table.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import type { KubeObject } from '../shop/objects.ts';
import { namespaceOption } from '../options.ts';
import { listOf, nameOf, plain, toJson, toYaml } from '../print/data.ts';
import { fetchOne, kindOf, parseNames } from '../shop/reference.ts';
import { parseSelector } from '../shop/selector.ts';
import { table } from '@tuesday/mesh/explain';

interface Options {
  namespace: string;
  allNamespaces?: true;
  selector?: string;
  output?: 'wide' | 'yaml' | 'json' | 'name';
}

/** The kinds of `kubectl get all`. */
const ALL = ['Pod', 'Service', 'Deployment', 'StatefulSet'];

/** `get KIND[,KIND] [NAME…]`. */
export function getCommand(cli: Cli): Command {
  const command = new Command('get')
    .summary('list objects')
    .description('Lists objects of the running shop, as kubectl get does.')
    .argument('<kind>', 'one kind, several with commas between, KIND/NAME, or all')
    .argument('[name...]', 'only these')
    .addOption(namespaceOption())
    .option('-A, --all-namespaces', 'in every namespace')
    .option('-l, --selector <query>', 'only what carries these labels')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['wide', 'yaml', 'json', 'name']))
    .action((kind: string, names: string[], options: Options) => get(cli, [kind, ...names], options));
  return withExamples(command, [
    ['npx tuesday get pods', 'the pods, and how often each was restarted'],
    ['npx tuesday get deploy,svc -o wide', 'two kinds, with images and selectors'],
    ['npx tuesday get vs recommendations -o yaml', 'the weights as they were applied'],
    ['npx tuesday get pods -A -l version=v2', 'by label, in every namespace'],
  ]);
}

async function get(cli: Cli, words: string[], options: Options): Promise<void> {
  const named = words.length > 1 || words[0]?.includes('/') === true;
  const groups = named ? await byName(cli, words, options) : await byKind(cli, words[0] ?? '', options);
  const objects = groups.flatMap((group) => group.objects);
  const { output } = options;
  if (output === 'name') return void objects.forEach((object) => cli.out(`${nameOf(object)}\n`));
  if (output === 'json' || output === 'yaml') {
    const value = named && objects.length === 1 ? plain(objects[0] as KubeObject) : listOf(objects);
    return cli.out(output === 'json' ? toJson(value) : await toYaml(value));
  }
  if (objects.length === 0) {
    const where = options.allNamespaces ? '' : ` in ${options.namespace} namespace`;
    return cli.err(`No resources found${where}.\n`);
  }
  cli.out(tables(cli, groups, options));
}

interface Group {
  kind: string;
  objects: KubeObject[];
}

function tables(cli: Cli, groups: readonly Group[], { output, allNamespaces }: Options): string {
  const filled = groups.filter(({ objects }) => objects.length > 0);
  const short = ({ metadata }: KubeObject) => metadata.name;
  const common = { now: cli.now(), wide: output === 'wide', namespaces: allNamespaces === true };
  const name = groups.length > 1 ? nameOf : short;
  return filled.map(({ kind, objects }) => table(rowsOf(objects, { ...common, kind, nameOf: name }))).join('\n');
}

async function byName(cli: Cli, words: string[], options: Options): Promise<Group[]> {
  if (options.allNamespaces) throw new Failure('error: a resource cannot be retrieved by name across all namespaces');
  const groups: Group[] = [];
  for (const named of parseNames(words)) {
    const object = await fetchOne(cli, named, options.namespace);
    const group = groups.find(({ kind }) => kind === named.kind);
    if (group === undefined) groups.push({ kind: named.kind, objects: [object] });
    else group.objects.push(object);
  }
  return groups;
}

async function byKind(cli: Cli, word: string, options: Options): Promise<Group[]> {
  const kinds = word === 'all' ? ALL : word.split(',').map(kindOf);
  const wanted = parseSelector(options.selector ?? '');
  const namespace = options.allNamespaces ? '*' : options.namespace;
  return Promise.all(
    kinds.map(async (kind) => {
      const objects = await cli.api.get<KubeObject[]>('/resources', {
        kind,
        namespace: kind === 'Namespace' ? undefined : namespace,
      });
      return { kind, objects: objects.filter(({ metadata }) => wanted(metadata.labels ?? {})) };
    }),
  );
}
