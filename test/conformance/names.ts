import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './cases.ts';

/** A label or annotation of Istio's own list (istio.io/api), with the kinds at which Istio reads it. */
export interface RecordedName {
  as: 'annotation' | 'label';
  name: string;
  on: string[];
}

const FILE = join(ROOT, 'test/conformance/recordings/names.json');

/** The labels and annotations of the recorder's version of Istio. */
export function readNames(): RecordedName[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as RecordedName[];
}

/** Writes them, one in a line. */
export function writeNames(all: readonly RecordedName[]): void {
  writeFileSync(FILE, `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}
