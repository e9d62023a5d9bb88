import { Command } from 'commander';
import { change } from '../shop/changes.ts';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { type FileOptions, readFileOptions } from '../manifests/file-options.ts';
import { isUrl } from '../manifests/url.ts';
import { collect, namespaceOption } from '../options.ts';

/** `apply -f FILE… | -k FOLDER`. */
export function applyCommand(cli: Cli): Command {
  const command = new Command('apply')
    .summary('apply objects to the running shop')
    .description('Applies manifests to the running shop. Either all of them apply, or nothing is changed.')
    .option('-f, --filename <path>', 'a file, a folder, a URL, or - for standard input; may be repeated', collect)
    .option('-k, --kustomize <folder>', 'a folder with a kustomization.yaml')
    .option('-R, --recursive', 'folders below a folder of -f too')
    .option('--watch', 'apply the files again whenever they are saved, until the shop ends')
    .addOption(namespaceOption())
    .action((options: FileOptions & { watch?: true }) => apply(cli, options));
  return withExamples(command, [
    ['npx tuesday apply -f istio/canary/50.yaml', 'one file'],
    ['npx tuesday apply -k k8s/overlays/local', 'everything, as npm start does'],
    ['cat istio/canary/50.yaml | npx tuesday apply -f -', 'standard input'],
  ]);
}

async function apply(cli: Cli, { watch, ...options }: FileOptions & { watch?: true }): Promise<void> {
  const unwatched = options.filename?.find((path) => path === '-' || isUrl(path));
  if (watch && unwatched !== undefined)
    throw new Failure(
      `error: --watch needs files that can be saved: ${unwatched === '-' ? 'standard input' : unwatched} is none`,
    );
  await change(cli, '/apply', { ...(await readFileOptions(cli, options)), ...(watch && { watch }) });
  if (watch) cli.out('Saving these files applies them again, until the shop ends.\n');
}
