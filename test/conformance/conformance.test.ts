import { afterAll, expect, test } from '@jest/globals';
import { casesOf } from './cases.ts';
import { compareViews } from './compare.ts';
import { createExplainer } from './explained.ts';
import { translated } from './ours.ts';
import { createReader } from './recording.ts';
import { inboundPorts, viewOfIstio, viewOfOurs } from './view.ts';

const cases = casesOf();
const read = createReader();
const { explains, used } = createExplainer();
const sum = { cases: 0, proxies: 0, fields: 0, equal: 0, explained: 0, unexplained: 0 };
afterAll(() =>
  console.info(
    Object.entries(sum)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  ),
);

test.each(cases.map((one) => [one.name, one] as const))(
  'When %s is applied, then our proxies get the same configuration as Istio’s',
  (_name, one) => {
    const [recorded, ours] = [read(one), translated(one)];
    expect([...ours.keys()].toSorted()).toEqual(Object.keys(recorded).toSorted());
    const unexplained = [...ours].flatMap(([pod, kinds]) => {
      const own = viewOfOurs(kinds);
      const { fields, differences } = compareViews(viewOfIstio(recorded[pod]!, inboundPorts(own)), own);
      const left = differences.filter((difference) => !explains(difference));
      sum.proxies++;
      sum.fields += fields;
      sum.equal += fields - differences.length;
      sum.explained += differences.length - left.length;
      sum.unexplained += left.length;
      return left.map((difference) => ({ pod, ...difference }));
    });
    sum.cases++;
    expect(unexplained).toEqual([]);
  },
);

test('When all cases are compared, then each explanation was used', () => {
  expect([...used].filter(([, times]) => times === 0).map(([{ at }]) => at)).toEqual([]);
});

test('When a recording is of other YAML, then the error says how to record again', () => {
  const [shop, other] = [cases[0]!, cases.at(-1)!];
  expect(() => read({ ...shop, resources: other.resources })).toThrow(
    'shop was recorded from other YAML, or by another recorder. Record again: node test/conformance/record.ts (test/conformance/README.md).',
  );
  expect(() => read({ ...shop, name: 'nothing' })).toThrow('Nothing is recorded for nothing.');
});
