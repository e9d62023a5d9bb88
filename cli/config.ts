import { join, resolve } from 'node:path';
import { ROOT } from '../places/repository.ts';

export interface CliConfig {
  /** The folder of the running shop: its socket, logs and database. */
  state: string;
  /** When the user pressed Enter, in ms since 1970: the launcher's, less its set-up step, where there was one. */
  startedAt: number;
  /** How long the launcher's set-up step took before that, in ms; it happens once and is told apart. */
  setupMs: number;
  color: boolean;
}

/** What the surroundings say; `isTerminal` tells whether standard output is one. Colour follows no-color.org. */
export function readConfig(env: Record<string, string | undefined>, isTerminal: boolean): CliConfig {
  const startedAt = Number(env['TUESDAY_STARTED_AT']);
  return {
    state: resolve(env['TUESDAY_STATE'] || join(ROOT, '.tuesday')),
    startedAt: startedAt > 0 ? startedAt : performance.timeOrigin,
    setupMs: Number(env['TUESDAY_SETUP_MS']) || 0,
    color: isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}
