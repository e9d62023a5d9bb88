import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Works without a pause, and ends with the process that started it, however that ends. */
const LOOP =
  'const parent = Number(process.argv[1]); while (process.ppid === parent) for (let step = 0; step < 1e7; step++);';

/** Starts one busy process for each core; `Symbol.dispose` ends them. */
export function startBusyLoops(count = availableParallelism()): Disposable & { pids: number[] } {
  const loops = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', LOOP, `${process.pid}`], { stdio: 'ignore' }),
  );
  return {
    pids: loops.flatMap(({ pid }) => pid ?? []),
    [Symbol.dispose]: () => loops.forEach((loop) => loop.kill('SIGKILL')),
  };
}
