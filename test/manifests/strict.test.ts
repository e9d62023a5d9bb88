import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { fieldPath, readText } from '@tuesday/mesh/manifests';
import { loadTree, objects } from './tree.ts';

type Path = (string | number)[];
type Mapping = Record<string, unknown>;

/** Maps whose keys the user chooses. */
const FREE = /(^|\.)(labels|annotations|matchLabels|data|stringData|selector|headers\.(?:request|response)\.set)$/;

/** The same, but each value has a fixed structure. */
const KEYED = /(match\[\d+\]\.headers|portLevelMtls)$/;

/** Every mapping of the manifests, once for each kind and path: the entries of one list count as one. */
const places = new Map(
  objects(loadTree()).flatMap(({ kind, body }) =>
    mappings(body, []).map((path): [string, { kind: string; body: Mapping; path: Path }] => [
      `${kind} ${fieldPath(path).replaceAll(/\[\d+\]/g, '[]')}`,
      { kind, body, path },
    ]),
  ),
);

describe('strictness', () => {
  test('When all manifests are walked, then every kind of path is found', () => {
    expect([...places.keys()]).toEqual(
      expect.arrayContaining([
        'Deployment spec.template.spec.containers[].readinessProbe.httpGet',
        'Service spec.ports[]',
        'Gateway spec.servers[].port',
        'VirtualService spec.http[].match[].uri',
        'VirtualService spec.http[].route[].destination',
        'AuthorizationPolicy spec.rules[].from[].source',
      ]),
    );
  });

  test.each([...places])('When an unknown field is in %s, then the error names it', (_, { kind, body, path }) => {
    const text = stringify(withField(body, path));
    const place = [kind, fieldPath(path)].filter(Boolean).join(' ');
    expect(() => readText({ file: 'my.yaml', text, namespace: 'shop' })).toThrow(
      // The keys under requests and limits are names of resources.
      `"unknownField" in ${place} is ${/\.(requests|limits)$/.test(place) ? 'not modelled locally: ' : 'unknown.'}`,
    );
  });
});

function mappings(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => mappings(inner, [...path, index]));
  const freeForm = FREE.test(fieldPath(path)) && fieldPath(path) !== 'spec.selector';
  if (typeof value !== 'object' || value === null || freeForm) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => mappings(one, [...path, key]));
  const areLabels = 'app' in value || 'gateway' in value;
  return areLabels || KEYED.test(fieldPath(path)) ? inner : [path, ...inner];
}

function withField(body: Mapping, path: Path): Mapping {
  const copy = structuredClone(body);
  const target = path.reduce((value: unknown, step) => (value as Mapping)[step], copy) as Mapping;
  target['unknownField'] = true;
  return copy;
}
