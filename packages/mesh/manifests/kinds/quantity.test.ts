import { expect, test } from '@jest/globals';
import { readText } from '../text.ts';
import { quantityValue } from './quantity.ts';

test.each([
  ['20m', 0.02],
  ['96Mi', 100_663_296],
  ['1.5G', 1.5e9],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['2E', 2e18],
  ['2E2', 200],
  ['100n', 1e-7],
  [0.25, 0.25],
  ['-1', -1],
])('When a quantity is %s, then it is %d', (written, value) => {
  expect(quantityValue(written)).toBeCloseTo(value, 12);
});

test.each(['', 'Mi', '1 Gi', '1gi', '1K', '1e', '0x10', '1.2.3'])(
  'When a text is "%s", then it is no quantity',
  (text) => {
    expect(quantityValue(text)).toBeNaN();
  },
);

const deployment = (resources: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: a, resources: ${resources} }] }
`;
const read = (resources: string) => () => readText({ file: 'my.yaml', text: deployment(resources), namespace: 'shop' });
const AT = 'Deployment spec.template.spec.containers[0].resources.requests';

test.each([
  ['{ requests: { cpu: 200m }, limits: { cpu: 100m } }', `${AT}.cpu must be at most 100m, its limit, not "200m".`],
  [
    '{ requests: { memory: 1Gi }, limits: { memory: 1000Mi } }',
    `${AT}.memory must be at most 1000Mi, its limit, not "1Gi".`,
  ],
  ['{ requests: { cpu: -1 } }', `${AT}.cpu must be a quantity such as 20m or 96Mi, not -1.`],
])('When resources are %s, then they are refused', (resources, sentence) => {
  expect(read(resources)).toThrow(sentence);
});

test.each([
  '{ requests: { cpu: 100m }, limits: { cpu: 0.1 } }',
  '{ requests: { memory: 1Gi }, limits: { memory: 1024Mi, cpu: 1 } }',
  '{ limits: { memory: 1e9 } }',
])('When resources are %s, then they are taken', (resources) => {
  expect(read(resources)).not.toThrow();
});
