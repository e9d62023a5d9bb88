import { afterAll, expect, test } from '@jest/globals';
import { type Difference, compareViews } from '../compare.ts';
import { createExplainer } from '../explained.ts';
import { translated } from '../ours.ts';
import { type Recorded, createReader } from '../recording.ts';
import type { Case } from '../cases.ts';
import { inboundPorts, viewOfIstio, viewOfOurs } from '../view.ts';
import { fieldCasesOf } from './field-cases.ts';

const cases = fieldCasesOf();
const read = createReader();
const { explains } = createExplainer();
const sum = { fields: 0 };
afterAll(() => console.info(`${cases.length} cases of one field each, ${sum.fields} compared fields, 0 unexplained`));

/** The differences without an explanation between Istio's recorded configuration and ours of a case. */
function differences(recorded: Recorded, one: Case): Difference[] {
  return [...translated(one)].flatMap(([pod, kinds]) => {
    const ours = viewOfOurs(kinds);
    const compared = compareViews(viewOfIstio(recorded[pod]!, inboundPorts(ours)), ours);
    sum.fields += compared.fields;
    return compared.differences
      .filter((difference) => !explains(difference))
      .map(({ path, ...values }) => ({ path: `${pod}: ${path}`, ...values }));
  });
}

test.each(cases.map((one) => [one.name.replace('field/', ''), one] as const))(
  'When only %s is set, then all proxies get the same configuration as Istio’s, and the comparison detects that it is not read',
  (_, one) => {
    const recorded = read(one);
    expect(differences(recorded, one)).toEqual([]);
    expect(differences(recorded, one.without)).not.toEqual([]);
  },
);

test('When the cases are counted, then there are at least 150', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
});
