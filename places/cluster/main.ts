import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './program.ts';

const terminal = {
  env: process.env,
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  now: Date.now,
  sleep: (ms: number) => sleep(ms),
};
process.exitCode = await run(terminal, process.argv.slice(2));
