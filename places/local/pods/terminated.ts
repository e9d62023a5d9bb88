import { constants } from 'node:os';
import type { ExitStatus } from '../processes/process.ts';

/** How a container's run ended, as in `lastState.terminated` of a pod. */
export interface Terminated {
  /** 128 and the number of the signal where one has ended it: 137 for SIGKILL, 143 for SIGTERM. */
  exitCode: number;
  /** The number of that signal. */
  signal?: number;
  reason: 'Completed' | 'Error';
  startedAt: Date;
  finishedAt: Date;
}

/** The end of a run that has begun at a time and ended now. */
export function terminatedNow({ code, signal }: ExitStatus, startedAt: Date): Terminated {
  const number = code === null && signal !== null ? constants.signals[signal] : undefined;
  const exitCode = code ?? 128 + (number ?? 0);
  return {
    exitCode,
    ...(number !== undefined && { signal: number }),
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt,
    finishedAt: new Date(),
  };
}
