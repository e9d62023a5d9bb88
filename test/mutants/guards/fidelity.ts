import type { Mutant } from '../mutant.ts';

/** A line by which the laptop means what Istio means: without it the configuration differs from Istio's. */
export const means = (name: string, applied: string, edit: Mutant['edits'][0]): Mutant => ({
  name,
  edits: [{ ...edit, file: `packages/mesh/${edit.file}.ts` }],
  tests: 'test/conformance/conformance.test.ts',
  title: `When ${applied} is applied, then our proxies get the same configuration as Istio’s`,
});

/** The guards of what is never silently different. */
export const FIDELITY: Mutant[] = [
  means('a policy that is only tried denies nothing', 'dry-run', {
    file: 'model/security/authorization',
    find: "dryRun: goBoolean(annotations['istio.io/dry-run'] ?? '') === true",
    replace: 'dryRun: false',
  }),
  means('rules of the root namespace are for the whole mesh', 'namespaces', {
    file: 'model/policy/destination-rules',
    find: 'const own = from === rootNamespace ? [] : [from];',
    replace: 'const own = [from];',
  }),
  means('private VirtualServices come first', 'namespaces', {
    file: 'model/routing/virtual-services',
    find: "(['private', 'exported', 'public'] as const)",
    replace: "(['public', 'exported', 'private'] as const)",
  }),
  means('a Service is seen where it is exported', 'namespaces', {
    file: 'model/create-mesh',
    find: "services.filter((service) => visibilityOf(service, namespace) !== 'none')",
    replace: 'services.filter(() => namespace !== undefined)',
  }),
  means('a gateway listens on the container port of a name', 'gateway-ports', {
    file: 'model/routing/gateways',
    find: 'workload.targetPorts.get(port) ?? port',
    replace: 'port',
  }),
  means('a gateway compares hosts letter by letter', 'gateway-ports', {
    file: 'model/routing/gateways',
    find: 'virtualService.writtenHosts',
    replace: 'virtualService.hosts',
  }),
  means('a port of a Service is translated once', 'gateway-ports', {
    file: 'model/workloads/inbound',
    find: 'firstOf(targets, ({ port, target }) => `${target} ${port.protocol}`)',
    replace: 'targets',
  }),
  means('cluster.local is the trust domain of the mesh', 'trust-domain', {
    file: 'envoy/authorization/principals',
    find: "return domain === 'cluster.local' || fits",
    replace: 'return fits',
  }),
  means('a TLS mode of a DestinationRule marks all endpoints', 'tls-modes', {
    file: 'envoy/endpoints',
    find: "endpointTls === undefined ? own === 'istio' : endpointTls === 'ISTIO_MUTUAL';",
    replace: "endpointTls === undefined ? own === 'istio' : own === 'istio';",
  }),
  means('an endpoint without a sidecar takes no mutual TLS', 'mutual-to-plain', {
    file: 'envoy/endpoints',
    find: "asked && own !== 'never'",
    replace: 'asked',
  }),
  {
    name: 'the default route with a hash tries another host',
    edits: [
      {
        file: 'packages/mesh/envoy/routes/action.ts',
        find: 'written && hashes.length > 0 && !weighted',
        replace: 'hashes.length > 0 && !weighted',
      },
    ],
    tests: 'test/conformance/fields/fields.test.ts',
    title:
      'When only DestinationRule spec.trafficPolicy.loadBalancer.consistentHash.useSourceIp=true is set, then all proxies get the same configuration as Istio’s, and the comparison detects that it is not read',
  },
  {
    name: 'each field of Istio and Kubernetes has a row',
    edits: [
      {
        file: 'packages/mesh/manifests/fields/refused-kubernetes.ts',
        find: "    'a change is rolled out at once here': ['spec.paused'],\n",
        replace: '',
      },
    ],
    tests: 'test/conformance/fields/document.test.ts',
    title:
      'When Istio or Kubernetes has a field, then a row says what happens with it, and a row is of a field that they have',
  },
  {
    name: 'a pod keeps the proxy with which it was created',
    edits: [{ file: 'packages/mesh/model/create-mesh.ts', find: 'exists, created: proxy }', replace: 'exists }' }],
    tests: 'packages/mesh/model/workloads/injection.test.ts',
    title:
      'When the label of a Namespace goes, then pods that have a sidecar are the same workload with its policies as before',
  },
  {
    name: 'apply takes away what only the apply before wrote',
    edits: [
      {
        file: 'packages/mesh/control/merge.ts',
        find: '!(name in next) && !(name in before)',
        replace: '!(name in next)',
      },
    ],
    tests: 'packages/mesh/control/merge.test.ts',
    title: 'When a field was written before, and is not now, then the merge is that of kubectl',
  },
  {
    name: 'apply keeps what was scaled by hand',
    edits: [
      {
        file: 'packages/mesh/control/merge.ts',
        find: 'Object.fromEntries([...written, ...kept])',
        replace: 'Object.fromEntries(written)',
      },
    ],
    tests: 'packages/mesh/control/store.test.ts',
    title: 'When a manifest leaves replicas out, then apply is the merge of kubectl',
  },
  {
    name: 'requests are within limits',
    edits: [
      {
        file: 'packages/mesh/manifests/kinds/container.ts',
        find: 'quantityValue(request) <= quantityValue(limit)',
        replace: 'quantityValue(request) >= 0',
      },
    ],
    tests: 'packages/mesh/manifests/kinds/quantity.test.ts',
    title: 'When resources are { requests: { cpu: 200m }, limits: { cpu: 100m } }, then they are refused',
  },
  {
    name: 'a lone dot in YAML is a string',
    edits: [
      {
        file: 'packages/mesh/manifests/yaml/parse.ts',
        find: 'if (!isNumber) return tag;',
        replace: 'if (isNumber || !isNumber) return tag;',
      },
    ],
    tests: 'packages/mesh/manifests/yaml/parse.test.ts',
    title: 'When the scalar . is written, then it is read as kubectl reads it',
  },
  {
    name: 'each label and annotation of Istio has a row',
    edits: [
      {
        file: 'packages/mesh/manifests/istio-names/annotations.ts',
        find: "    'proxy.istio.io/config': 'the proxy would have these settings',\n",
        replace: '',
      },
    ],
    tests: 'test/conformance/names.test.ts',
    title:
      'When Istio has a label or annotation, then a row says what it does here, for every place where Istio reads it',
  },
  {
    name: 'a namespace must exist',
    edits: [
      {
        file: 'places/local/changes/reject-missing-namespaces.ts',
        find: 'metadata.namespace === undefined || namespaces.has(metadata.namespace)',
        replace: 'metadata.namespace !== undefined || namespaces.has(kind)',
      },
    ],
    tests: 'places/local/changes/reject-missing-namespaces.test.ts',
    title: 'When it does not, or comes only later, then the sentence has its line',
  },
  {
    name: 'what only a server writes is left out',
    edits: [
      { file: 'packages/mesh/manifests/server-fields.ts', find: ", 'selfLink', 'uid']", replace: ", 'selfLink']" },
    ],
    tests: 'packages/mesh/manifests/server-fields.test.ts',
    title: 'When an object has what only a server writes, then it is the object without it',
  },
  {
    name: 'a VirtualService that loses a host is named',
    edits: [
      {
        file: 'packages/mesh/explain/diagnose/lost-hosts.ts',
        find: 'configOf(winner) === configOf(loser)',
        replace: 'configOf(winner) !== configOf(loser)',
      },
    ],
    tests: 'packages/mesh/explain/diagnose/users.test.ts',
    title: 'When one is private, then the older public one has lost there, and the warning says why',
  },
];
