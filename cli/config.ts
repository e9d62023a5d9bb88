import { join, resolve } from 'node:path';
import { ROOT } from '../places/repository.ts';

/** The settings of a command line that come from the environment. */
export interface CliConfig {
  /** The folder of the running shop: its socket, logs and database. */
  state: string;
  /** When the user pressed Enter, in ms since 1970; the time of the launcher's set-up step does not count. */
  startedAt: number;
  /** The time of the launcher's set-up step, in ms. It is shown separately, because it happens once. */
  setupMs: number;
  color: boolean;
}

/** Reads the environment; `isTerminal` is true where standard output is a terminal. Colour follows no-color.org. */
export function readConfig(env: Record<string, string | undefined>, isTerminal: boolean): CliConfig {
  const startedAt = Number(env['TUESDAY_STARTED_AT']);
  return {
    state: resolve(env['TUESDAY_STATE'] || join(ROOT, '.tuesday')),
    startedAt: startedAt > 0 ? startedAt : performance.timeOrigin,
    setupMs: Number(env['TUESDAY_SETUP_MS']) || 0,
    color: isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}
