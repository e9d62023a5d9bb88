import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

/**
 * Runs a service's main as a process of its own with nothing but `env`; `imports` is loaded before it. `output.text`: all it
 * printed; `exit`: its code and signal; `url`: waits until it listens, and throws what it printed where it ends before.
 */
export function runService(main: string, env: Record<string, string>, imports: string[] = []) {
  const child = spawn(process.execPath, [...imports.flatMap((module) => ['--import', module]), main], {
    env: { PATH: process.env['PATH'], ...env },
  });
  const output = { text: '' };
  child.stdout.on('data', (chunk) => (output.text += chunk));
  child.stderr.on('data', (chunk) => (output.text += chunk));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  async function url(): Promise<string> {
    const port = await eventually(() => hasEnded() || /"port":(\d+)/.exec(output.text)?.[1]);
    if (port === true) throw new Error(`It ended before it listened: ${output.text}`);
    return `http://127.0.0.1:${port}`;
  }
  return { child, output, exit: once(child, 'exit'), url };
}
