import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a service's main as a process of its own with nothing but `env`; `imports` is loaded before it. `output.text`: all it
 * printed; `exit`: its code and signal.
 */
export function runService(main: string, env: Record<string, string>, imports: string[] = []) {
  const child = spawn(process.execPath, [...imports.flatMap((module) => ['--import', module]), main], {
    env: { PATH: process.env['PATH'], ...env },
  });
  const output = { text: '' };
  child.stdout.on('data', (chunk) => (output.text += chunk));
  child.stderr.on('data', (chunk) => (output.text += chunk));
  return { child, output, exit: once(child, 'exit') };
}
