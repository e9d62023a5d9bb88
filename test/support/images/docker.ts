import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from '../../../places/compose/docker.ts';
import { runProgram } from '../../../places/program.ts';

// A machine without a running Docker may have a program that starts one, and its plugins beside the test cluster's programs.
const STARTER = process.env['DOCKER_STARTER'] ?? '';
const PLUGINS = process.env['CLUSTER_BIN'] ?? '/opt/cluster/bin';

/** Gives the environment in which `docker` works, and starts the test cluster's daemon if no daemon runs. Throws one sentence if there is none. */
export async function dockerEnvironment(): Promise<NodeJS.ProcessEnv> {
  const env = { ...process.env, ...(await plugins()) };
  if (await answers(env)) return env;
  if (existsSync(STARTER)) await runProgram(STARTER, ['up']);
  if (await answers(env)) return env;
  throw new Error('No Docker daemon answers: start Docker, then run the same command again.');
}

const answers = (env: NodeJS.ProcessEnv) =>
  docker(env, 'version', '--format', '{{.Server.Version}}').then(
    () => true,
    () => false,
  );

/** Docker looks for its plugins in a folder of its configuration. */
async function plugins(): Promise<{ DOCKER_CONFIG?: string }> {
  const found = ['docker-compose', 'docker-buildx'].filter((name) => existsSync(join(PLUGINS, name)));
  if (process.env['DOCKER_CONFIG'] || found.length === 0) return {};
  const config = join(tmpdir(), 'tuesday-docker');
  await mkdir(join(config, 'cli-plugins'), { recursive: true });
  for (const name of found)
    await symlink(join(PLUGINS, name), join(config, 'cli-plugins', name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  return { DOCKER_CONFIG: config };
}

/** Writes an image as an archive that `docker load` and containerd read. Gives the size of the image unpacked, in bytes. */
export async function saveImage(env: NodeJS.ProcessEnv, image: string, archive: string): Promise<number> {
  await docker(env, 'save', '--output', archive, image);
  return Number(await docker(env, 'image', 'inspect', '--format', '{{.Size}}', image));
}
