import { existsSync, readFileSync } from 'node:fs';

const REJECTED = /(?:REST config for \S+ rejected: |Error adding\/updating )(.+)/g;

/** Why an Envoy rejected its configuration, from the last such line of its log file; undefined where the log has none. */
export function lastRejection(log: string): string | undefined {
  if (!existsSync(log)) return undefined;
  return [...readFileSync(log, 'utf8').matchAll(REJECTED)].at(-1)?.[1];
}
