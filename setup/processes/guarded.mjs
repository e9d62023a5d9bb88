/**
 * node guarded.mjs COMMAND…: runs a command in its process group, and ends the group when the process that started it says so
 * or is gone for whatever reason, SIGKILL included.
 */
import { spawn } from 'node:child_process';
import { sendSignalToGroup } from './signal.mjs';

/** How long the command may take to end after SIGTERM, in ms. npm does not end at all where a proxy asks for a password. */
const GRACE = 2000;

const [command = '', ...args] = process.argv.slice(2);
const signalGroup = (/** @type {NodeJS.Signals} */ signal) => sendSignalToGroup(process.pid, signal);
let isEnding = false;

function endGroup() {
  if (isEnding) return;
  isEnding = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE);
}

// SIGTERM to the group is for the others in it.
process.on('SIGTERM', () => {});
process.once('message', endGroup);
process.once('disconnect', endGroup);

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (/** @type {NodeJS.ErrnoException} */ { message, code }) =>
  process.send?.({ error: { message, code } }, () => process.exit(127)),
);
child.once('exit', (code, signal) => {
  // What it has left running would write into the next installation.
  if (isEnding) signalGroup('SIGKILL');
  else if (signal) process.send?.({ signal }, () => process.exit(1));
  else process.exit(code ?? 1);
});
