import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { diagnose } from '@tuesday/mesh/explain';
import { findWarnings, readMeshConfig } from '@tuesday/mesh/manifests';
import { createMesh } from '@tuesday/mesh/model';
import { ROOT } from '../cases.ts';
import { readFile } from '../istio-files/case.ts';
import { type OddObject, oddObjects } from './odd-objects.ts';
import { readVerdicts } from './recorded.ts';
import { slips } from './slips.ts';

const verdicts = readVerdicts();
const all = [...oddObjects(), ...slips()];
const byField = Map.groupBy(all, ({ field }) => field);
const verdictOf = ({ field, value }: OddObject) => verdicts[field]?.[value] ?? 'not recorded';

/** One sentence that names the file and the line. */
const SENTENCE = /^my\.yaml:\d+: [^\n]+\. Nothing was changed\.$/;
const UNMODELLED = 'not modelled locally';

const read = (object: object) => readFile({ name: 'my.yaml', text: stringify(object) });

/** What is wrong with our answer; undefined if nothing is. */
function complaint(one: OddObject): string | undefined {
  const { value, object } = one;
  const verdict = verdictOf(one);
  const ours = read(object);
  const isTaken = typeof ours !== 'string';
  if (!isTaken && !SENTENCE.test(ours)) return `${value} is refused in a strange sentence: ${ours}`;
  if (verdict.startsWith('refused')) return isTaken ? `${value} is taken; in a cluster it is ${verdict}` : undefined;
  return isTaken || ours.includes(UNMODELLED) ? undefined : `${value} is refused: ${ours}`;
}

test.each([...byField])('When %s has an odd value, then it is taken as in a cluster, or refused', (_field, ofField) => {
  expect(ofField.map(complaint).filter((one) => one !== undefined)).toEqual([]);
});

describe('warnings', () => {
  const config = readMeshConfig(join(ROOT, 'istio/mesh-config.yaml'));
  /** About what stands in no single object. */
  const ELSEWHERE = /does not exist|is no Service|ipBlocks|IpBlocks/;
  const warned = all.filter(
    (one) => verdictOf(one).startsWith('taken: ') && /istio\.io/.test(String(one.object['apiVersion'])),
  );

  test.each(warned.map((one) => [one.field, one.value, one] as const))(
    'When %s is %s, of which Istio warns, then so do we, or it is refused',
    (_field, _value, { object }) => {
      const ours = read(object);
      if (typeof ours === 'string') return void expect(ours).toContain(UNMODELLED);
      const found = [...findWarnings(ours), ...diagnose(createMesh(ours, config))].map(({ message }) => message);
      expect(found.filter((message) => !ELSEWHERE.test(message))).not.toEqual([]);
    },
  );
});

test('When the verdicts were recorded, then it was for the same objects', () => {
  const asked = [...byField].map(([field, ofField]) => [field, ofField.map(({ value }) => value).toSorted()]);
  expect(Object.entries(verdicts).map(([field, values]) => [field, Object.keys(values).toSorted()])).toEqual(asked);
});

test('When the verdicts are counted, then a cluster refused at least 200 objects of Kubernetes, and as many of Istio', () => {
  const refused = all.filter((one) => verdictOf(one).startsWith('refused'));
  const ofIstio = refused.filter(({ object }) => String(object['apiVersion']).includes('istio.io'));
  expect(ofIstio.length).toBeGreaterThan(200);
  expect(refused.length - ofIstio.length).toBeGreaterThan(200);
});
