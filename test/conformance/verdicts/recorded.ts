import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What a real API server, with Istio's webhook, says of objects: by field, then by value as JSON, `taken` or `refused: WHY`, after
 * `taken: ` the warning.
 */
export type Verdicts = Record<string, Record<string, string>>;

const FILE = new URL('../recordings/verdicts.json', import.meta.url);

/** The recorded verdicts. */
export function readVerdicts(): Verdicts {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Verdicts;
}

/** Writes them, one in a line. */
export function writeVerdicts(verdicts: Verdicts): void {
  writeFileSync(FILE, `${JSON.stringify(verdicts, undefined, 1)}\n`);
}
