import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const zipkin = service('zipkin', { namespace: 'istio-system', ports: [{ name: 'http', port: 9411 }] });
const workloads = [namespace('shop', 'enabled'), deployment('a'), zipkin];

function telemetry(name: string, entry: string, selector = ''): string {
  const select = selector && `  selector: { matchLabels: { ${selector} } }\n`;
  return istio('Telemetry', name, `${select}  tracing:\n    - ${entry}`);
}

const ZIPKIN = 'providers: [{ name: zipkin }]';
const to = (name: string, percentage: string) =>
  `{ providers: [{ name: ${name} }], randomSamplingPercentage: ${percentage} }`;

describe('Tracing', () => {
  test('When there is no Telemetry, then 1 % is sampled, and no spans are sent', () => {
    expect(workloadOf(meshOf(...workloads), 'a').tracing).toEqual({
      provider: undefined,
      samplingPercentage: 1,
      because: { object: "Istio's default", file: '', line: 0 },
    });
  });

  test.each([
    ['the root namespace has one', [telemetry('r.istio-system', to('zipkin', '5'))], 5, 'istio-system/r'],
    [
      'its namespace sets the percentage',
      [telemetry('r.istio-system', to('zipkin', '5')), telemetry('n', '{ randomSamplingPercentage: 7 }')],
      7,
      'shop/n',
    ],
    [
      'its namespace sets the provider',
      [telemetry('r.istio-system', '{ randomSamplingPercentage: 5 }'), telemetry('n', `{ ${ZIPKIN} }`)],
      5,
      'shop/n',
    ],
    [
      'one selects it',
      [telemetry('n', to('zipkin', '5')), telemetry('w', '{ randomSamplingPercentage: 0 }', 'app: a')],
      0,
      'shop/w',
    ],
    [
      'one selects another workload',
      [telemetry('n', to('zipkin', '5')), telemetry('w', to('zipkin', '9'), 'app: b')],
      5,
      'shop/n',
    ],
    ['its namespace has two', [telemetry('z', to('zipkin', '5')), telemetry('b', to('zipkin', '9'))], 9, 'shop/b'],
    ['none sets the percentage', [telemetry('n', `{ ${ZIPKIN} }`)], 1, 'shop/n'],
    [
      'tracing is enabled again',
      [
        telemetry('r.istio-system', `{ ${ZIPKIN}, disableSpanReporting: true }`),
        telemetry('n', '{ disableSpanReporting: false }'),
      ],
      1,
      'shop/n',
    ],
  ])('When %s, then percentage and object are as expected', (_, texts, percentage, object) => {
    expect(workloadOf(meshOf(...texts, ...workloads), 'a').tracing).toMatchObject({
      provider: { name: 'zipkin' },
      samplingPercentage: percentage,
      because: { object: `Telemetry ${object}`, file: 'my.yaml' },
    });
  });

  test.each([
    ['disables it', `{ ${ZIPKIN}, disableSpanReporting: true }`],
    ['names no provider', '{ randomSamplingPercentage: 100 }'],
    ['names one that MeshConfig does not have', to('zepkin', '100')],
    ['names one whose Service does not exist', to('otel', '100')],
  ])('When Telemetry %s, then there are no spans', (_, entry) => {
    expect(workloadOf(meshOf(telemetry('n', entry), ...workloads), 'a').tracing).toBeUndefined();
  });

  test('When an entry applies, then the line is that of the entry', () => {
    const [first] = [telemetry('n', to('zipkin', '5'))];
    expect(workloadOf(meshOf(first, ...workloads), 'a').tracing?.because.line).toBe(6);
  });
});
