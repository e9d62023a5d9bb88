import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { relative } from 'node:path';
import workers from 'node:worker_threads';

const LOOPBACK = /^(localhost|127\.[\d.]+|::1|::ffff:127\.[\d.]+)$/;

/**
 * Makes Node refuse whatever a unit test must not do: start a process or a worker thread, connect to another machine.
 * Each throws one sentence that says how to rename the test file.
 * @param {string} file the path of the test file
 * @param {string} [root] the folder to which the sentence's path is relative
 * @returns {() => void} allows everything again
 */
export function forbidProcesses(file, root = process.cwd()) {
  const path = relative(root, file);
  const renamed = path.replace(/\.test\.(\w+)$/, '.integration.test.$1');
  const refuse = (/** @type {string} */ what) => {
    throw new Error(`${path} ${what}, and a unit test may not. Rename the file to ${renamed}.`);
  };
  /** @type {(() => void)[]} */
  const undo = [];
  const replace = (/** @type {any} */ owner, /** @type {string} */ name, /** @type {Function} */ value) => {
    const original = owner[name];
    owner[name] = value;
    undo.push(() => (owner[name] = original));
  };
  // spawn, fork, exec and execFile all end here.
  replace(childProcess.ChildProcess.prototype, 'spawn', (/** @type {any} */ options) =>
    refuse(`starts a process (${options?.file})`),
  );
  for (const name of ['spawnSync', 'execSync', 'execFileSync'])
    replace(childProcess, name, (/** @type {unknown} */ program) => refuse(`starts a process (${program})`));
  replace(workers, 'Worker', function worker(/** @type {unknown} */ program) {
    refuse(`starts a worker thread (${program})`);
  });
  const { connect } = net.Socket.prototype;
  replace(net.Socket.prototype, 'connect', function local(/** @type {any[]} */ ...args) {
    const host = hostOf(args);
    if (host !== undefined && !LOOPBACK.test(host)) refuse(`connects to another machine (${host})`);
    return Reflect.apply(connect, this, args);
  });
  syncBuiltinESMExports();
  return () => {
    for (const step of undo) step();
    syncBuiltinESMExports();
  };
}

/**
 * The host of a call of `connect`: `(options)`, `(port, host)`, `(path)`, or what Node itself passes, `([options])`.
 * @param {any[]} args
 * @returns {string | undefined} undefined for this machine
 */
function hostOf([first, second]) {
  const target = Array.isArray(first) ? first[0] : first;
  if (typeof target === 'object') return target?.path ? undefined : target?.host;
  return typeof second === 'string' ? second : undefined;
}
