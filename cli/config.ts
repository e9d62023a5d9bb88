import { join, resolve } from 'node:path';
import { ROOT } from '../places/repository.ts';

/** What the environment decides about a command line. */
export interface CliConfig {
  /** The folder of the running shop: its socket, logs and database. */
  state: string;
  /** When the user pressed Enter, in ms since 1970: the launcher's, less its set-up step, where there was one. */
  startedAt: number;
  /** How long the launcher's set-up step took before that, in ms. It is shown separately, because it happens once. */
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
