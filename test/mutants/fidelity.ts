import type { Mutant } from './mutant.ts';

/** A line by which the laptop means what Istio means: without it the configuration differs from Istio's. */
const means = (name: string, applied: string, edit: Mutant['edits'][0]): Mutant => ({
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
    find: 'targets.filter((one, index) => targets.findIndex((other) => keyOf(other) === keyOf(one)) === index)',
    replace: 'targets.filter((one) => keyOf(one) !== undefined)',
  }),
  means('cluster.local is the trust domain of the mesh', 'trust-domain', {
    file: 'envoy/authorization/principals',
    find: "return domain === 'cluster.local' || fits",
    replace: 'return fits',
  }),
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
