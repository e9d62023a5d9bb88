import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../cases.ts';

/** A field of a kind: its path, with `[]` for a list and `.*` for a map, and the values of an enumeration. */
export interface RecordedField {
  path: string;
  values?: string[];
}

/** By kind. Kubernetes' are read from its Go types, Istio's from its messages. */
export type RecordedFields = Record<string, RecordedField[]>;

const FILE = join(ROOT, 'test/conformance/recordings/fields.json');

/** The fields of every kind in the recorder's version of Istio and Kubernetes. */
export function readFields(): RecordedFields {
  return JSON.parse(readFileSync(FILE, 'utf8')) as RecordedFields;
}

/** Writes them, one in a line. */
export function writeFields(all: RecordedFields): void {
  const kinds = Object.entries(all).map(
    ([kind, fields]) => `"${kind}": [\n${fields.map((one) => JSON.stringify(one)).join(',\n')}\n]`,
  );
  writeFileSync(FILE, `{\n${kinds.join(',\n')}\n}\n`);
}
