import type { Mutant } from './mutant.ts';

const CONFORMANCE = 'test/conformance/conformance.test.ts';
const PUSH = 'packages/mesh/control/push.test.ts';

/** A guard of the translation: without it the configuration differs from Istio's. */
const translation = (name: string, applied: string, edit: Mutant['edits'][0]): Mutant => ({
  name,
  edits: [edit],
  tests: CONFORMANCE,
  title: `When ${applied} is applied, then our proxies get the same configuration as Istio’s`,
});

/** The guards of the mesh: the configuration of its proxies, the order of pushes, and the certificates. */
export const MESH: Mutant[] = [
  translation('STRICT takes no plaintext', 'shop', {
    file: 'packages/mesh/envoy/listeners/mtls-mode.ts',
    find: 'filters, transport_socket, name }];',
    replace: 'filters, transport_socket, name }, plain];',
  }),
  translation('a client needs a certificate', 'shop', {
    file: 'packages/mesh/envoy/tls.ts',
    find: 'require_client_certificate: true',
    replace: 'require_client_certificate: false',
  }),
  translation("a callee has the identity of the Service's pods", 'shop', {
    file: 'packages/mesh/envoy/tls.ts',
    find: 'identities.map((exact) => ({ exact }))',
    replace: '[]',
  }),
  translation('an unset timeout means no timeout', 'shop', {
    file: 'packages/mesh/envoy/routes/action.ts',
    find: 'forward.timeoutMs ?? 0',
    replace: 'forward.timeoutMs ?? 15_000',
  }),
  translation('a policy without rules allows nothing', 'shop', {
    file: 'packages/mesh/envoy/authorization/authorization.ts',
    find: 'return [[name(0), NEVER]];',
    replace: 'return [];',
  }),
  translation('callers send plaintext to a namespace without mutual TLS', 'plaintext-namespace', {
    file: 'packages/mesh/model/policy/clusters.ts',
    find: "...(plain && { tls: { mode: 'DISABLE' } }), ",
    replace: '',
  }),
  translation("the older Service decides a port's protocol", 'shared-port', {
    file: 'packages/mesh/model/workloads/inbound.ts',
    find: 'a.createdAt - b.createdAt || ',
    replace: '',
  }),
  {
    name: 'no route before its cluster',
    edits: [
      {
        file: 'packages/mesh/control/push.ts',
        find: "    if (!(await acknowledged(resources, ['clusters', 'endpoints', 'secrets']))) return;\n",
        replace: '',
      },
    ],
    tests: PUSH,
    title: 'the order of a push When clusters are not acknowledged, then no route comes',
  },
  {
    name: 'a cluster outlives its last route',
    edits: [
      {
        file: 'packages/mesh/control/push.ts',
        find: "    addTo('clusters', resources);\n",
        replace: "    client.offer('clusters', resources.clusters);\n",
      },
    ],
    tests: PUSH,
    title: 'the order of a push When a cluster goes, then the routes leave it first, and it stays for a while',
  },
  {
    name: 'certificates are renewed at half life',
    edits: [
      {
        file: 'packages/mesh/control/certificates.ts',
        find: 'notBefore.getTime() + notAfter.getTime()',
        replace: 'notBefore.getTime() + notBefore.getTime()',
      },
    ],
    tests: 'packages/mesh/control/certificates.test.ts',
    title: 'When half of the lifetime is over, then a certificate is renewed, and not before',
  },
  {
    name: 'the runner returns free memory',
    edits: [{ file: 'cli/tuesday.mjs', find: '    ...(isRunner && LOW_MEMORY_ENV),\n', replace: '' }],
    tests: 'cli/tuesday.integration.test.ts',
    title: 'When the runner starts, then it is one process whose allocator returns free memory',
  },
  {
    name: 'ports that one runner holds go to no other one',
    edits: [
      {
        file: 'places/local/network/ports.ts',
        find: 'await listen(server, marker)',
        replace: 'await Promise.resolve()',
      },
    ],
    tests: 'places/local/network/port-block.integration.test.ts',
    title:
      'When one runner holds ports and does not use them yet, then another runner gets them only after they are released',
  },
  {
    name: 'a question to the runner has no limit of its own',
    edits: [{ file: 'places/local/network/request.ts', find: ', agent: false }', replace: ' }' }],
    tests: 'places/local/network/unix-socket.test.ts',
    title: 'When an answer takes longer than the limit of Node’s shared agent, then it is awaited',
  },
];
