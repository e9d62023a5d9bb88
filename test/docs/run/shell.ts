import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Job, startJob } from './job.ts';

/** The result of a command: its exit code (null where a signal or the limit ended it), and stdout and stderr together. */
export interface Ran {
  code: number | null;
  output: string;
}

/** One terminal of a reader: the folder and the variables that a command sets stay for the next one. */
export interface Shell extends Disposable {
  /** The variables of the next command. */
  env: Record<string, string>;
  /** Runs a command to its end, and kills it after `limitMs`. */
  run(command: string, limitMs: number): Promise<Ran>;
  /** Starts a command that goes on beside the next ones, such as `npm start`. */
  follow(command: string): Job;
}

/** The folder where a terminal opens, its variables, and lines of bash that stand before each command. */
export interface ShellOptions {
  cwd: string;
  env: Record<string, string>;
  before?: string;
}

/** Opens a terminal. */
export function openShell({ cwd, env, before = '' }: ShellOptions): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-shell-'));
  const after = join(folder, 'after');
  let where = cwd;
  const launch = (...lines: string[]) => {
    const script = ['set -a -o pipefail', before, ...lines, ''].join('\n');
    return startJob(script, { cwd: where, env: shell.env });
  };
  const remember = () => {
    if (!existsSync(after)) return;
    // A function of bash is a variable too, whose name has a percent sign.
    const pairs = readFileSync(after, 'utf8')
      .split('\0')
      .flatMap((one) => {
        const [, name, value] = /^(\w+)=([^]*)$/.exec(one) ?? [];
        return name === undefined ? [] : [[name, value!] as const];
      });
    const now: Record<string, string> = Object.fromEntries(pairs);
    where = now['PWD'] ?? where;
    for (const name of ['PWD', 'OLDPWD', 'SHLVL', '_']) delete now[name];
    shell.env = now;
    rmSync(after);
  };
  const shell: Shell = {
    env,
    async run(command, limitMs) {
      const job = launch(`trap 'env -0 > ${after}' EXIT`, command);
      const timer = setTimeout(() => job.kill(), limitMs);
      const code = await job.end;
      clearTimeout(timer);
      job.kill(); // what the command has left in the background
      remember();
      return { code, output: job.output() };
    },
    follow: (command) => launch(command),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  return shell;
}
