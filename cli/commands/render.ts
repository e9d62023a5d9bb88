import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { OVERLAY, ROOT } from '../../places/repository.ts';
import { withExamples } from '../examples.ts';
import { failureOf } from '../manifests/failure-of.ts';
import { type FileOptions, readFileOptions, type ManifestText } from '../manifests/file-options.ts';
import { collect, namespaceOption } from '../options.ts';
import { toJson, toYaml } from '../print/data.ts';

interface Options extends FileOptions {
  output: 'yaml' | 'json';
}

/** `render -f FILE… [WORKLOAD]`: the Envoy configuration of files, without a running shop. */
export function renderCommand(cli: Cli): Command {
  const command = new Command('render')
    .summary('the Envoy configuration of files')
    .description(
      'Prints the listeners, clusters and routes that Envoys get because of some files, beside those of the shop. Nothing is applied, and no shop need run.',
    )
    .argument('[workload]', 'only for the pods of this Deployment or StatefulSet')
    .option('-f, --filename <path>', 'a file, a folder, a URL, or - for standard input; may be repeated', collect)
    .option('-k, --kustomize <folder>', 'a folder with a kustomization.yaml, in place of the shop')
    .option('-R, --recursive', 'folders below a folder of -f too')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['yaml', 'json']).default('yaml'))
    .addOption(namespaceOption())
    .action((workload: string | undefined, options: Options) => render(cli, workload, options));
  return withExamples(command, [
    ['npx tuesday render -f istio/canary/50.yaml storefront', 'a route with two weights'],
    ['npx tuesday render -f istio/base/strict-mtls.yaml postgres', 'a listener that takes mutual TLS only'],
    ['npx tuesday render -k k8s/overlays/local gateway', 'the whole configuration of an Envoy'],
  ]);
}

/** The manifests to render: files by name and text, or a kustomization's folder. */
type RenderRequest = { files: ManifestText[] } | { kustomization: string };

async function render(cli: Cli, workload: string | undefined, options: Options): Promise<void> {
  const request = (await readFileOptions(cli, options)) as RenderRequest;
  // Loaded here: no other command reads manifests itself.
  const { render: rendered } = await import('../render/render.ts');
  const { readKustomization, readMeshConfig, readText } = await import('@tuesday/mesh/manifests');
  const { namespace } = options;
  try {
    const shop = join(ROOT, OVERLAY);
    const [objects, others] =
      'files' in request
        ? [
            request.files.flatMap(({ name, text }) => readText({ file: name, text, namespace })),
            readKustomization(shop, { namespace }),
          ]
        : [readKustomization(request.kustomization, { namespace }), []];
    const config = readMeshConfig(join(ROOT, 'istio/mesh-config.yaml'));
    const found = rendered(objects, others, { config, workload });
    if (found.length === 0)
      return cli.err(
        `No Envoy${workload === undefined ? '' : ` of ${workload}`} gets another configuration because of it.\n`,
      );
    cli.out(options.output === 'json' ? toJson(found) : await toYaml(found));
  } catch (error) {
    throw await failureOf(error);
  }
}
