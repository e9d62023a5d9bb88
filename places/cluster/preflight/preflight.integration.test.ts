import { describe, expect, test } from '@jest/globals';
import { kubectl, withTools } from '../testing/fake-tools.ts';
import { healthy } from '../testing/recorded.ts';
import { preflight as look } from './preflight.ts';

const preflight = (...args: Parameters<typeof healthy>) => withTools(healthy(...args), look);

describe('a cluster with everything', () => {
  test('When nothing is missing, then each check says what it found and the code is 0', async () => {
    const { code, out, err, calls } = await preflight();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      '✓ cluster    Kubernetes v1.34.4, context kind-shop',
      "✓ CRDs       15 of Istio's, with the 6 that the shop uses",
      '✓ istiod     istiod is available in istio-system, version 1.31.0',
      '✓ injection  webhook istio-revision-tag-default serves istio-injection=enabled',
      '✓ tracing    providers zipkin, zipkin-b3, otel, as in istio/mesh-config.yaml',
      '✓ memory     23.3 GiB can be asked for, 2.0 GiB are needed',
      '✓ storage    class standard is the default',
      '',
    ]);
    expect(calls.filter((call) => !/^kubectl (get|version|config current-context)/.test(call))).toEqual([]);
  });

  test('When the providers are in another order and beside other fields, then they count', async () => {
    const { code } = await preflight(({ mesh }) => {
      const [before = '', after = ''] = mesh.data.mesh.split('extensionProviders:\n');
      mesh.data.mesh = `${before}extensionProviders:\n- name: envoy\n  envoyFileAccessLog: { path: /dev/stdout }\n${after}`;
    });
    expect(code).toBe(0);
  });

  test('When the shop runs already, then its own memory counts as room', async () => {
    const { code } = await preflight(({ nodes, pods }) => {
      nodes.items[0]!.status.allocatable.memory = '2100Mi';
      pods.items[0]!.spec.containers[0]!.resources = { requests: { memory: '1Gi' } };
    });
    expect(code).toBe(0);
  });
});

describe('a cluster that lacks something', () => {
  type Change = Parameters<typeof healthy>[0];
  const cases: [what: string, says: string, mend: string, change: Change][] = [
    [
      'a kind is missing',
      "✗ CRDs       Istio's kinds are not established here: telemetries.telemetry.istio.io.",
      'npm run istio:install',
      ({ definitions }) => {
        definitions.items = definitions.items.filter(({ metadata }) => !metadata.name.startsWith('telemetries'));
      },
    ],
    [
      'a kind is not established yet',
      "✗ CRDs       Istio's kinds are not established here: gateways.networking.istio.io.",
      'npm run istio:install',
      ({ definitions }) => {
        const gateways = definitions.items.find(({ metadata }) => metadata.name.startsWith('gateways'))!;
        for (const condition of gateways.status.conditions) condition.status = 'False';
      },
    ],
    [
      'there is no istiod',
      '✗ istiod     Istio is not installed in this cluster.',
      'npm run istio:install',
      ({ istiod }) => void (istiod.items = []),
    ],
    [
      'istiod does not come up',
      '✗ istiod     Deployment istiod in istio-system is not available.',
      'kubectl -n istio-system describe pods -l app=istiod',
      ({ istiod }) => {
        for (const condition of istiod.items[0]!.status!.conditions!) condition.status = 'False';
      },
    ],
    [
      'no webhook hears the label of the namespace',
      '✗ injection  No webhook injects sidecars into a namespace with the label istio-injection=enabled.',
      'npm run istio:install',
      ({ webhooks }) => {
        for (const one of webhooks.items)
          one.webhooks = one.webhooks.filter(({ name }) => name !== 'namespace.sidecar-injector.istio.io');
      },
    ],
    [
      'the webhook has no certificate',
      '✗ injection  The webhook istio-revision-tag-default has no certificate of istiod yet',
      'kubectl -n istio-system rollout restart deployment/istiod',
      ({ webhooks }) => {
        for (const one of webhooks.items) for (const { clientConfig } of one.webhooks) clientConfig.caBundle = '';
      },
    ],
    [
      'a tracing provider is missing',
      "✗ tracing    Istio's mesh configuration lacks tracing providers of istio/mesh-config.yaml: zipkin-b3.",
      'npm run istio:install',
      ({ mesh }) => void (mesh.data.mesh = mesh.data.mesh.replace('name: zipkin-b3', 'name: other')),
    ],
    [
      'a tracing provider speaks another dialect',
      'lacks tracing providers of istio/mesh-config.yaml: zipkin.',
      'npm run istio:install',
      ({ mesh }) => void (mesh.data.mesh = mesh.data.mesh.replace('USE_B3_WITH_W3C_PROPAGATION', 'USE_B3')),
    ],
    [
      'no class of storage is the default',
      '✗ storage    No StorageClass is the default',
      'kubectl annotate storageclass standard storageclass.kubernetes.io/is-default-class=true',
      ({ storage }) => void (storage.items[0]!.metadata.annotations = {}),
    ],
    [
      'there is no class of storage',
      '✗ storage    No StorageClass is the default',
      'docs/kubernetes.md, "kubeadm"',
      ({ storage }) => void (storage.items = []),
    ],
    [
      'memory is short',
      '✗ memory     1.8 GiB of memory can still be asked for on 1 ready nodes, and the shop asks for 2.0 GiB.',
      'kubectl describe nodes',
      ({ nodes }) => void (nodes.items[0]!.status.allocatable.memory = '1843Mi'),
    ],
    [
      'others have asked for the memory',
      '✗ memory     1.8 GiB of memory can still be asked for',
      'kubectl describe nodes',
      ({ pods }) => {
        pods.items[0]!.metadata.namespace = 'other';
        pods.items[0]!.spec.containers[0]!.resources = { requests: { memory: '22000Mi' } };
      },
    ],
    [
      'the only node takes no pods',
      '✗ memory     0.0 GiB of memory can still be asked for on 0 ready nodes',
      'kubectl describe nodes',
      ({ nodes }) => void (nodes.items[0]!.spec.unschedulable = true),
    ],
  ];

  test.each(cases)('When %s, then it says so, and what mends it', async (_, says, mend, change) => {
    const { code, out, err } = await preflight(change);
    expect(code).toBe(1);
    expect(out).toContain(says);
    expect(out.match(/✗/g)).toHaveLength(1);
    expect(err).toContain(`1 of 6 checks failed.\nMend it: ${mend}`);
  });

  test('When several things are missing, then all are printed, and what mends the first', async () => {
    const { out, err } = await preflight(({ istiod, nodes }) => {
      istiod.items = [];
      nodes.items = [];
    });
    expect(out.match(/✗/g)).toHaveLength(2);
    expect(err).toBe('The cluster is not ready: 2 of 6 checks failed.\nMend it: npm run istio:install\n');
  });
});

describe('no cluster', () => {
  test('When kubectl is not on PATH, then it says where to get it', async () => {
    expect(await withTools([], look)).toMatchObject({
      code: 1,
      err: 'kubectl is not on PATH.\nMend it: see https://kubernetes.io/docs/tasks/tools/\n',
    });
  });

  test('When there is no current context, then it says how to choose one', async () => {
    const none = { ...kubectl('config current-context'), stderr: 'error: current-context is not set\n', code: 1 };
    const { code, err } = await withTools([none], look);
    expect(code).toBe(1);
    expect(err).toMatch(/^kubectl has no current context, .*\nMend it: kubectl config get-contexts /);
  });

  test('When the API server does not answer, then no other check runs', async () => {
    const refused =
      'E1124 13:00:00 memcache.go:265] "Unhandled Error"\nThe connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?\n';
    const down = { ...kubectl('version -o json', '{}'), stderr: refused, code: 1 };
    const { code, err, calls } = await withTools([kubectl('config current-context', 'kind-shop'), down], look);
    expect(code).toBe(1);
    expect(err).toContain(
      'The cluster of context kind-shop does not answer: The connection to the server 10.0.0.1:6443 was refused',
    );
    expect(calls).toHaveLength(2);
  });

  test('When a check is forbidden, then it says so', async () => {
    const forbidden = {
      ...kubectl('get nodes *'),
      stderr: 'Error from server (Forbidden): nodes is forbidden: User "learner" cannot list resource "nodes"\n',
      code: 1,
    };
    const { code, out, err } = await withTools([forbidden, ...healthy()], look);
    expect(code).toBe(1);
    expect(out).toContain('✗ memory     This needs a look that you are not allowed: ');
    expect(err).toContain('Mend it: kubectl auth can-i --list');
  });
});
