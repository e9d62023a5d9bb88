import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import {
  listeningSockets,
  openFiles,
  processIds,
  programFile,
  readProcess,
} from '../../places/local/processes/proc.ts';
import { Failure } from '../../places/failure.ts';

/** Throws Failure where the port is taken: the sentence names the program that listens on it, and what to do. */
export async function requireFreePort(port: number): Promise<void> {
  const code = await tryPort(port);
  if (code === undefined) return;
  if (code === 'EACCES') throw new Failure(`Port ${port} needs privileges. Choose another: npm start -- --port 8080`);
  const holder = await holderOf(port);
  const by = holder === undefined ? 'another program' : `${holder.name} (pid ${holder.pid})`;
  throw new Failure(`Port ${port} is taken by ${by}. Stop it, or choose another: npm start -- --port ${port + 1}`);
}

/** The error code of listening on the port, or undefined where it is free under both addresses of localhost. */
async function tryPort(port: number): Promise<string | undefined> {
  const four = await tryAddress(port, '127.0.0.1');
  if (four !== undefined) return four;
  const six = await tryAddress(port, '::1');
  return six === 'EADDRINUSE' ? six : undefined;
}

function tryAddress(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

interface Holder {
  name: string;
  pid: number;
}

/** The program that listens on a port; undefined where it cannot be found, as for another user's process. */
async function holderOf(port: number): Promise<Holder | undefined> {
  try {
    return process.platform === 'linux' ? holderByProc(port) : await holderByLsof(port);
  } catch {
    return undefined;
  }
}

function holderByProc(port: number): Holder | undefined {
  const sockets = listeningSockets(port);
  const pid = processIds().find((one) => openFiles(one).some((file) => sockets.includes(file)));
  if (pid === undefined) return undefined;
  // The name of its executable: its own name may be `MainThread`.
  const name = basename(programFile(pid)) || readProcess(pid, 'comm').trim();
  return { pid, name };
}

async function holderByLsof(port: number): Promise<Holder | undefined> {
  const { stdout } = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const [, pid, name] = /^p(\d+)[\s\S]*?^c(.+)$/m.exec(stdout) ?? [];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}
