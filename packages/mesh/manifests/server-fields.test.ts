import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { readText } from './text.ts';

const read = (text: string) => readText({ file: 'my.yaml', text, namespace: 'shop' });

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, env: [{ name: EMPTY }] }] }
`;

/** What an API server adds to an object: its own fields of metadata, a status, defaults. */
function exported(text: string, spec: object = {}): string {
  const object = parse(text) as { metadata: object; spec?: object };
  const metadata = {
    ...object.metadata,
    namespace: 'shop',
    creationTimestamp: '2026-01-05T10:00:00Z',
    generation: 3,
    managedFields: [{ manager: 'kubectl', operation: 'Apply' }],
    resourceVersion: '7117',
    uid: '7a1d0c0e-1111-4c1e-9d2b-000000000001',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
  };
  return stringify({ ...object, metadata, spec: { ...object.spec, ...spec }, status: { observedGeneration: 3 } });
}

describe('what a cluster exports', () => {
  test('When an object has what only a server writes, then it is the object without it', () => {
    const [own] = read(DEPLOYMENT);
    const [other] = read(exported(DEPLOYMENT));
    expect(other?.body).toEqual(own?.body);
    expect(other?.metadata).toEqual(own?.metadata);
  });

  test('When annotations of the user stand beside those of kubectl, then they are kept', () => {
    const [one] = read(exported(DEPLOYMENT).replace('    kubectl', '    mine: x\n    kubectl'));
    expect(one?.metadata.annotations).toEqual({ mine: 'x' });
  });

  test('When the template of pods has a time of creation, as kubectl create --dry-run writes it, then it is left out', () => {
    const [own] = read(DEPLOYMENT);
    const text = DEPLOYMENT.replace(
      'metadata: { labels: { app: web } }\n    spec',
      'metadata: { labels: { app: web }, creationTimestamp: "2026-01-05T10:00:00Z" }\n    spec',
    );
    expect(read(text)[0]?.body).toEqual(own?.body);
  });

  test('When defaults are written out, then they are taken; other values of these fields are not modelled', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';
    const defaults = {
      clusterIP: '10.96.0.14',
      clusterIPs: ['10.96.0.14'],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      publishNotReadyAddresses: false,
      type: 'ClusterIP',
    };
    expect(read(exported(service, defaults))).toHaveLength(1);
    for (const other of [{ clusterIP: 'None' }, { sessionAffinity: 'ClientIP' }, { internalTrafficPolicy: 'Local' }])
      expect(() => read(exported(service, { ...defaults, ...other }))).toThrow('not modelled locally');
    const pod = {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
      securityContext: {},
      serviceAccount: 'web',
      serviceAccountName: 'web',
    };
    const container = {
      name: 'web',
      image: 'web',
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    };
    const template = { metadata: { labels: { app: 'web' } }, spec: { ...pod, containers: [container] } };
    expect(read(exported(DEPLOYMENT, { template }))).toHaveLength(1);
    const host = { ...template, spec: { ...template.spec, dnsPolicy: 'Default' } };
    expect(() => read(exported(DEPLOYMENT, { template: host }))).toThrow(
      'dnsPolicy must be ClusterFirst (other values are not modelled locally)',
    );
  });
});

describe('an empty text', () => {
  test('When a field of Kubernetes is an empty text, then it is the same as none', () => {
    const text = DEPLOYMENT.replace('spec: { containers', 'spec: { serviceAccountName: "", containers').replace(
      '{ name: web, labels',
      '{ name: web, namespace: "", labels',
    );
    expect(read(text)[0]).toMatchObject({
      metadata: { namespace: 'shop' },
      typed: { spec: { template: { spec: { serviceAccountName: 'default' } } } },
    });
    expect(() => read(DEPLOYMENT.replace('image: web', 'image: ""'))).toThrow('needs "image"');
  });

  test('When it is a value of a map or an entry of a list, then it is kept', () => {
    expect(
      read('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { EMPTY: "" }\n')[0]?.body['data'],
    ).toEqual({ EMPTY: '' });
    const args = DEPLOYMENT.replace('image: web', 'image: web, args: ["", x]');
    expect(JSON.stringify(read(args)[0]?.body)).toContain('"args":["","x"]');
  });

  test('When an object is of Istio, then an empty text stays', () => {
    const text =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec: { hosts: [a], http: [{ route: [{ destination: { host: a, subset: "" } }] }] }\n';
    expect(read(text)[0]?.body).toMatchObject({ spec: { http: [{ route: [{ destination: { subset: '' } }] }] } });
  });
});

test('When lists of a kind, or lists in lists, are read, then each item is, with its own line', () => {
  const list = (kind: string, items: string) =>
    `apiVersion: v1\nkind: ${kind}\nitems:\n${items.replaceAll(/^/gm, '  ')}`;
  const item = (name: string) => `- apiVersion: v1\n  kind: ConfigMap\n  metadata: { name: ${name} }\n`;
  expect(
    read(list('ConfigMapList', item('a') + item('b'))).map(({ metadata, source }) => [metadata.name, source.line]),
  ).toEqual([
    ['a', 5],
    ['b', 8],
  ]);
  const inner = `- ${list('List', item('c')).trimEnd().replaceAll('\n', '\n  ')}\n`;
  expect(read(list('List', inner + item('d'))).map(({ metadata }) => metadata.name)).toEqual(['c', 'd']);
  expect(() => read('apiVersion: v1\nkind: ServiceList\n')).toThrow('ServiceList needs "items", a list');
});
