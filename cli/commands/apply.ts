import { Command } from 'commander';
import { change } from '../shop/changes.ts';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { type FileOptions, readFileOptions } from '../manifests/file-options.ts';
import { collect, namespaceOption } from '../options.ts';

/** `apply -f FILE… | -k FOLDER`. */
export function applyCommand(cli: Cli): Command {
  const command = new Command('apply')
    .summary('apply objects to the running shop')
    .description('Applies manifests to the running shop. Either all of them apply, or nothing is changed.')
    .option('-f, --filename <path>', 'a file, a folder, a URL, or - for standard input; may be repeated', collect)
    .option('-k, --kustomize <folder>', 'a folder with a kustomization.yaml')
    .option('-R, --recursive', 'folders below a folder of -f too')
    .addOption(namespaceOption())
    .action(async (options: FileOptions) => void (await change(cli, '/apply', await readFileOptions(cli, options))));
  return withExamples(command, [
    ['npx tuesday apply -f istio/canary/50.yaml', 'one file'],
    ['npx tuesday apply -k k8s/overlays/local', 'everything, as npm start does'],
    ['cat istio/canary/50.yaml | npx tuesday apply -f -', 'standard input'],
  ]);
}
