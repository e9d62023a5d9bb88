import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

// A machine without a Docker of its own may have a program that starts one, and its plugins beside the test cluster's other programs.
const STARTER = process.env['DOCKER_STARTER'] ?? '';
const PLUGINS = process.env['CLUSTER_BIN'] ?? '/opt/cluster/bin';

/** Gives the environment in which `docker` works, starting the test cluster's daemon if there is no other. Throws with one sentence if there is none. */
export async function dockerEnvironment(): Promise<NodeJS.ProcessEnv> {
  const env = { ...process.env, ...(await plugins()) };
  if (await answers(env)) return env;
  if (existsSync(STARTER)) await run(STARTER, ['up']);
  if (await answers(env)) return env;
  throw new Error('No Docker daemon answers: start Docker, then run the same command again.');
}

const answers = (env: NodeJS.ProcessEnv) =>
  run('docker', ['version', '--format', '{{.Server.Version}}'], { env }).then(
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

/** What a docker command printed. Throws with what it said on standard error. */
export async function docker(env: NodeJS.ProcessEnv, ...words: string[]): Promise<string> {
  return (await run('docker', words, { env, cwd: ROOT, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
}

/** Runs a docker command that takes long; the end of what it prints is shown when it fails. */
export function dockerQuietly(env: NodeJS.ProcessEnv, ...words: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', words, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`docker ${words.join(' ')} ended with ${code}:\n${said.slice(-3_000)}`)),
    );
  });
}

/** Writes an image as an archive that `docker load` and containerd read. Gives the size of the image unpacked, in bytes. */
export async function saveImage(env: NodeJS.ProcessEnv, image: string, archive: string): Promise<number> {
  await docker(env, 'save', '--output', archive, image);
  return Number(await docker(env, 'image', 'inspect', '--format', '{{.Size}}', image));
}
