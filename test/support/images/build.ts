import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { docker } from '../../../places/compose/docker.ts';
import { SERVICES, imageOf } from '../../../places/repository.ts';
import { checkImage } from './check.ts';
import { dockerEnvironment, saveImage } from './docker.ts';

/** Bytes, unpacked: what a node of the cluster has to hold. */
export const LARGEST = 320e6;

/** Where archives go without --to. */
export const ARCHIVES = join(tmpdir(), 'tuesday-images');

/** Builds one service's image. */
export const buildImage = (env: NodeJS.ProcessEnv, service: string) =>
  docker(env, 'build', '--build-arg', `SERVICE=${service}`, '--tag', imageOf(service), '.');

/**
 * Builds the shop's images and writes them as archives:  node test/support/images/build.ts [--to FOLDER] [--check] [SERVICE…]
 * Exits 1 if one is larger than it may be, or, with --check, does not start and stop as the manifests want it.
 */
if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { to: { type: 'string', default: ARCHIVES }, check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !SERVICES.includes(name));
  if (unknown.length > 0) throw new Error(`No such service: ${unknown.join(', ')}. There are ${SERVICES.join(', ')}.`);
  const env = await dockerEnvironment();
  await mkdir(values.to, { recursive: true });
  for (const service of positionals.length > 0 ? positionals : SERVICES) {
    const began = Date.now();
    await buildImage(env, service);
    const built = Date.now();
    const archive = join(values.to, `${service}.tar`);
    const size = await saveImage(env, imageOf(service), archive);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    console.log(
      `${imageOf(service)}: ${(size / 1e6).toFixed(0)} MB unpacked, built in ${seconds(built - began)}, written in ${seconds(Date.now() - built)} to ${archive}`,
    );
    const complaints = size > LARGEST ? [`${imageOf(service)} is larger than ${LARGEST / 1e6} MB`] : [];
    if (values.check) {
      const found = await checkImage(env, { image: imageOf(service), service });
      complaints.push(...found.complaints);
      console.log(`  listening after ${seconds(found.started)}, ended ${seconds(found.stopped)} after SIGTERM`);
    }
    for (const complaint of complaints) console.error(`  ${complaint}.`);
    if (complaints.length > 0) process.exitCode = 1;
  }
}
