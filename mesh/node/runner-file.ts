import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who runs the shop of a state folder. */
export interface RunnerFile {
  pid: number;
  startedAt: string;
  url: string;
}

/** The runner of a state folder that is alive, or undefined. A file that a killed runner left behind does not count. */
export function readRunner(state: string): RunnerFile | undefined {
  try {
    const runner = JSON.parse(readFileSync(join(state, 'runner.json'), 'utf8')) as RunnerFile;
    process.kill(runner.pid, 0);
    return runner;
  } catch {
    return undefined;
  }
}

export function writeRunner(state: string, runner: RunnerFile): void {
  writeFileSync(join(state, 'runner.json'), JSON.stringify(runner), { mode: 0o600 });
}

export function removeRunner(state: string): void {
  rmSync(join(state, 'runner.json'), { force: true });
  rmSync(join(state, 'tuesday.sock'), { force: true });
}
