import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { docker } from '../../../places/compose/docker.ts';
import { serverFolder } from '../../../places/local/postgres/files.ts';
import { ROOT } from '../../../places/repository.ts';
import { ARCHIVES } from './build.ts';
import { dockerEnvironment, saveImage } from './docker.ts';

/**
 * Builds the third-party images, because they cannot be pulled where the tests run: the real programs under the official names.
 *   node test/support/images/standins.ts [--to FOLDER] [NAME…]
 */
interface Standin {
  name: string;
  image: string;
  /** Puts the program beside the Dockerfile in `folder`. */
  collect(folder: string): Promise<void>;
}

const PROGRAMS = process.env['ISTIO_BIN'] ?? '/opt/istio/bin';
const copied = (program: string) => (folder: string) => cp(join(PROGRAMS, program), join(folder, program));

export const STANDINS: readonly Standin[] = [
  {
    name: 'postgres',
    image: 'docker.io/library/postgres:18-bookworm',
    collect: async (folder) =>
      cp(await serverFolder(undefined), join(folder, 'server'), { recursive: true, verbatimSymlinks: true }),
  },
  { name: 'jaeger', image: 'docker.io/jaegertracing/jaeger:2.13.0', collect: copied('jaeger') },
  { name: 'envoy', image: 'docker.io/envoyproxy/envoy:v1.40.0', collect: copied('envoy') },
];

/** Builds a stand-in under the official name. Throws when its program has not been made yet. */
export async function buildStandin(env: NodeJS.ProcessEnv, { name, image, collect }: Standin): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `tuesday-${name}-`));
  try {
    await cp(join(ROOT, 'test/support/images', name), folder, { recursive: true });
    await collect(folder);
    await docker(env, 'build', '--tag', image, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds the images that Docker does not have and whose program is on this machine; Docker pulls the others. */
export async function makeMissing(env: NodeJS.ProcessEnv): Promise<void> {
  for (const standin of STANDINS) {
    const isThere = await docker(env, 'image', 'inspect', standin.image).then(
      () => true,
      () => false,
    );
    if (!isThere && existsSync(PROGRAMS)) await buildStandin(env, standin);
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { to: { type: 'string', default: ARCHIVES } },
    allowPositionals: true,
  });
  const env = await dockerEnvironment();
  await mkdir(values.to, { recursive: true });
  for (const standin of STANDINS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    await buildStandin(env, standin);
    const archive = join(values.to, `${standin.name}.tar`);
    const size = await saveImage(env, standin.image, archive);
    console.log(`${standin.image}: ${(size / 1e6).toFixed(0)} MB unpacked, written to ${archive}`);
  }
}
