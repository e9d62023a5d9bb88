import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { resourcesOf } from '../../../../test/support/mesh/small-mesh.ts';
import { findWarnings } from '../warnings.ts';
import { ANNOTATIONS } from './annotations.ts';
import { LABELS } from './labels.ts';

/** The warnings about labels and annotations. */
function warnings(text: string): string[] {
  return findWarnings(resourcesOf(text))
    .map(({ message }) => message)
    .filter((message) => / has (label|annotation) /.test(message));
}

const pods = (annotations: Record<string, string>, labels = {}) => deployment('a', { annotations, labels });
const EXCLUDE = 'traffic.sidecar.istio.io/excludeOutboundPorts';

describe('Labels and annotations of Istio', () => {
  test.each([...ANNOTATIONS, ...LABELS].map((row) => [`${row.as} ${row.name}`, row] as const))(
    'When %s stands where Istio reads it, then there is a warning only if a cluster would do more',
    (_, { name, as, on, treatment, what }) => {
      const place = ['Pod', 'Namespace', 'Service', 'AuthorizationPolicy', 'Any'].find((one) =>
        on.includes(one as never),
      );
      const map = { [name]: name.startsWith('traffic.') ? '80' : 'x' };
      const written = as === 'label' ? { labels: map, annotations: {} } : { labels: {}, annotations: map };
      const metadata = { name: 'a', ...written };
      const texts: Record<string, string> = {
        Pod: deployment('a', written),
        Any: JSON.stringify({
          apiVersion: 'v1',
          kind: 'Service',
          metadata,
          spec: { selector: { app: 'a' }, ports: [{ port: 80 }] },
        }),
        Namespace: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }),
        AuthorizationPolicy: JSON.stringify({
          apiVersion: 'security.istio.io/v1',
          kind: 'AuthorizationPolicy',
          metadata,
        }),
      };
      const text = texts[place === 'Service' ? 'Any' : (place ?? '')];
      // Of a kind that is not modelled.
      if (text === undefined) return void expect(on).toEqual(['other']);
      if (treatment === 'refused')
        return void expect(() => warnings(text)).toThrow(`is not modelled locally: in a cluster ${what}`);
      if (name === 'istio.io/dry-run')
        return void expect(() => warnings(text)).toThrow('must be "true" or "false", not "x"');
      const [warning = '', ...more] = warnings(text);
      expect(more).toEqual([]);
      if (treatment === 'warned')
        expect(warning).toContain(`${as} ${name}, which has no effect here: in a cluster ${what}.`);
      else expect(warning).toBe('');
    },
  );

  test('When a value is what a cluster does by itself, then there is no warning', () => {
    expect(warnings(pods({ 'sidecar.istio.io/interceptionMode': 'REDIRECT' }))).toEqual([]);
    expect(warnings(pods({ 'sidecar.istio.io/interceptionMode': 'TPROXY' }))).toEqual([
      'my.yaml:1: Deployment a has annotation sidecar.istio.io/interceptionMode, which has no effect here: in a cluster the proxy would intercept calls in this mode.',
    ]);
    const ambient = (mode: string) =>
      namespace('a', 'enabled').replace('"istio-injection":"enabled"', `"istio.io/dataplane-mode":"${mode}"`);
    expect(warnings(ambient('none'))).toEqual([]);
    expect(() => warnings(ambient('ambient'))).toThrow(
      'my.yaml:1: label istio.io/dataplane-mode of Namespace a is not modelled locally: in a cluster its pods would be in ambient mode. Nothing was changed.',
    );
  });

  test('When a name stands where Istio does not read it, then the warning says where it does', () => {
    const own = deployment('a').replace('"metadata":{', `"metadata":{"labels":{"sidecar.istio.io/inject":"true"},`);
    expect(warnings(own)).toEqual([
      'my.yaml:1: Deployment a has label sidecar.istio.io/inject, which Istio does not read there but in spec.template.metadata: it has no effect.',
    ]);
    expect(warnings(service('a', { annotations: { 'istio.io/dry-run': 'true' } }))).toEqual([
      'my.yaml:1: Service a has annotation istio.io/dry-run, which Istio does not read there: it has no effect.',
    ]);
    expect(warnings(pods({}, { [EXCLUDE]: '80' }))).toEqual([
      `my.yaml:1: Deployment a has label ${EXCLUDE}, which is an annotation in Istio: it has no effect.`,
    ]);
  });

  test('When Istio does not have a name, then the warning names a similar one', () => {
    expect(warnings(pods({ 'traffic.sidecar.istio.io/excludeOutboundPort': '80' }))).toEqual([
      `my.yaml:1: Deployment a has annotation traffic.sidecar.istio.io/excludeOutboundPort, which Istio does not have: it has no effect (did you mean ${EXCLUDE}?).`,
    ]);
    expect(warnings(pods({ 'example.org/istio': 'x', 'my-istio.io/x': 'y' }))).toEqual([]);
  });

  test.each([
    ['VirtualService', 'istio.io/dry-run', '"true"', 'is for AuthorizationPolicies only'],
    ['AuthorizationPolicy', 'istio.io/dry-run', 'maybe', 'must be "true" or "false", not "maybe"'],
    ['AuthorizationPolicy', 'internal.istio.io/parents', 'x', 'is for Istio itself'],
  ])('When a %s has annotation %s: %s, then it is refused: it %s', (kind, name, value, sentence) => {
    const specs: Record<string, string> = {
      VirtualService: '  hosts: [a]\n  http: [{ directResponse: { status: 200 } }]',
      AuthorizationPolicy: '  {}',
    };
    const text = istio(kind, 'a', specs[kind] ?? '').replace(
      '{ name: "a"',
      `{ name: a, annotations: { ${name}: ${value} }`,
    );
    expect(() => resourcesOf(text)).toThrow(`annotation ${name} of ${kind} a ${sentence}`);
  });
});
