import { existsSync, readFileSync } from 'node:fs';

const REFUSED = /(?:REST config for \S+ rejected: |Error adding\/updating )(.+)/g;

/** Why an Envoy refused what it was sent, as the last such line of its log has it; undefined where there is none. */
export function refusalIn(log: string): string | undefined {
  if (!existsSync(log)) return undefined;
  return [...readFileSync(log, 'utf8').matchAll(REFUSED)].at(-1)?.[1];
}
