import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../failure.ts';

/** Throws Failure with who holds the port, if somebody does, and the way out. */
export async function requireFreePort(port: number): Promise<void> {
  const code = await tryPort(port);
  if (code === undefined) return;
  if (code === 'EACCES') throw new Failure(`Port ${port} needs privileges. Choose another: npm start -- --port 8080`);
  const holder = await holderOf(port);
  const by = holder === undefined ? 'another program' : `${holder.name} (pid ${holder.pid})`;
  throw new Failure(`Port ${port} is taken by ${by}. Stop it, or choose another: npm start -- --port ${port + 1}`);
}

/** What is wrong with listening there, or undefined. */
function tryPort(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

interface Holder {
  name: string;
  pid: number;
}

/** Who listens on a port; undefined where the system does not tell, as for another user's process. */
async function holderOf(port: number): Promise<Holder | undefined> {
  try {
    return process.platform === 'linux' ? holderByProc(port) : await holderByLsof(port);
  } catch {
    return undefined;
  }
}

function holderByProc(port: number): Holder | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1));
  // Columns of proc(5): local address, remote address, state (0A is listening), …, inode.
  const inodes = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(wanted) && state === '0A')
    .map((row) => `socket:[${row[9]}]`);
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsOne(entry, inodes));
  return pid === undefined ? undefined : { pid: Number(pid), name: programOf(pid) };
}

/** By the file that it runs: what it calls itself may be `MainThread`. */
function programOf(pid: string): string {
  const file = readlink(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  return basename(file) || readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

function holdsOne(pid: string, inodes: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.includes(readlink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

// A descriptor may be closed between the listing and the reading.
function readlink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

async function holderByLsof(port: number): Promise<Holder | undefined> {
  const { stdout } = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const [, pid, name] = /^p(\d+)[\s\S]*?^c(.+)$/m.exec(stdout) ?? [];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}
