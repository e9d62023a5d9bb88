import { Command } from 'commander';
import type { Changed } from '../../places/local/changes/changes.ts';
import { change } from '../shop/changes.ts';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { type FileOptions, readFileOptions } from '../manifests/file-options.ts';
import { collect, namespaceOption } from '../options.ts';
import { type ObjectName, notFound, parseNames } from '../shop/reference.ts';

interface Options extends FileOptions {
  ignoreNotFound?: true;
}

/** `delete -f FILE… | -k FOLDER | KIND NAME…`. */
export function deleteCommand(cli: Cli): Command {
  const command = new Command('delete')
    .summary('delete objects of the running shop')
    .description('Deletes objects. An earlier version of them does not come back: apply its file for that.')
    .argument('[kind]', 'a kind, or KIND/NAME')
    .argument('[name...]', 'names of objects of that kind')
    .option(
      '-f, --filename <path>',
      'what a file, a folder, a URL or standard input (-) names; may be repeated',
      collect,
    )
    .option('-k, --kustomize <folder>', 'what a folder with a kustomization.yaml names')
    .option('-R, --recursive', 'folders below a folder of -f too')
    .option('--ignore-not-found', 'an object that is not there is no error')
    .addOption(namespaceOption())
    .action((kind: string | undefined, names: string[], options: Options) => remove(cli, words(kind, names), options));
  return withExamples(command, [
    ['npx tuesday delete pod postgres-0', 'its StatefulSet starts it again, with the same data'],
    ['npx tuesday delete vs/recommendations', 'without its weights'],
    ['npx tuesday delete -f istio/canary/50.yaml', 'what a file names'],
  ]);
}

function words(kind: string | undefined, names: string[]): string[] {
  return kind === undefined ? [] : [kind, ...names];
}

async function remove(cli: Cli, named: string[], options: Options): Promise<void> {
  if (named.length === 0) return void (await change(cli, '/delete', await readFileOptions(cli, options)));
  if (options.filename !== undefined || options.kustomize !== undefined)
    throw new Failure('error: when files are provided as input, you may not specify a resource by arguments as well');
  const wanted = parseNames(named);
  const refs = wanted.map((one) => ({ ...one, ...(one.kind === 'Namespace' ? {} : { namespace: options.namespace }) }));
  refuseMissing(wanted, await change(cli, '/delete', { refs }), options);
}

function refuseMissing(wanted: ObjectName[], { changes }: Changed, { ignoreNotFound }: Options): void {
  const gone = new Set(changes.map(({ ref }) => `${ref.kind}/${ref.name}`));
  const missing = wanted.filter(({ kind, name }) => !gone.has(`${kind}/${name}`));
  if (missing.length === 0 || ignoreNotFound) return;
  throw new Failure(missing.map((one) => notFound(one).message).join('\n'));
}
