import type { Mutant } from '../mutant.ts';

const CONFORMANCE = 'test/conformance/conformance.test.ts';
const INDEX = 'packages/mesh/model/selector-index';
const ROTATION = 'packages/mesh/control/certificates/rotation.test.ts';
const PROXY = 'packages/mesh/control/xds/proxy';
const SUBSCRIPTION = 'packages/mesh/control/xds/subscription';
const LATE =
  'When the control plane restarts in the phase "never", and proxies acknowledge late, then each accepts all others at all times';

/** A guard of the translation: without it the configuration differs from Istio's. */
const translation = (name: string, applied: string, edit: Mutant['edits'][0]): Mutant => ({
  name,
  edits: [edit],
  tests: CONFORMANCE,
  title: `When ${applied} is applied, then our proxies get the same configuration as Istio’s`,
});

/** A guard of what a subscription sends. */
const sends = (name: string, title: string, edit: Omit<Mutant['edits'][0], 'file'>): Mutant => ({
  name,
  edits: [{ ...edit, file: `${SUBSCRIPTION}.ts` }],
  tests: `${SUBSCRIPTION}.test.ts`,
  title,
});

/** The guards of the mesh: the configuration of its proxies, the order of pushes, and the certificates. */
export const MESH: Mutant[] = [
  translation('STRICT takes no plaintext', 'shop', {
    file: 'packages/mesh/envoy/listeners/mtls-mode.ts',
    find: "http: [mutual('http')],",
    replace: "http: [mutual('http'), plain('http')],",
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
    name: 'a pod is compared only with selectors that name one of its labels',
    edits: [{ file: `${INDEX}.ts`, find: 'keys.reduce(rarer)', replace: 'keys[0]!' }],
    tests: 'packages/mesh/model/create-mesh.test.ts',
    title: 'When there are four times as many services, then selectors are read about four times as often',
  },
  {
    name: 'objects that select a pod keep their order of precedence',
    edits: [{ file: `${INDEX}.ts`, find: '      .sort((a, b) => a.place - b.place)\n', replace: '' }],
    tests: `${INDEX}.test.ts`,
    title: 'The index of selectors When selectors and labels are random (1), then it finds what plain matching does',
  },
  {
    name: 'callers that a VirtualService tells apart share no routes',
    edits: [{ file: 'packages/mesh/model/create-mesh.ts', find: 'sourceLabels.has(key)', replace: 'false' }],
    tests: 'packages/mesh/model/create-mesh.test.ts',
    title: 'When callers differ only in labels that no VirtualService names, then they share their routes',
  },
  {
    name: 'routes wait until their clusters are ready',
    edits: [{ file: `${PROXY}.ts`, find: 'first.includes(true)', replace: 'false' }],
    tests: `${PROXY}.test.ts`,
    title: 'When a push replaces a cluster, then routes wait for the new one, and the old one goes after the linger',
  },
  {
    name: 'a real Envoy needs routes that wait for clusters',
    edits: [{ file: `${PROXY}.ts`, find: 'first.includes(true)', replace: 'false' }],
    tests: 'places/local/envoys/real-envoy.integration.test.ts',
    title:
      'a real Envoy When every push replaces all clusters, endpoints and certificates under load, then no request fails',
  },
  {
    name: 'a changed cluster gets its endpoints again',
    edits: [{ file: `${PROXY}.ts`, find: "namesOf(one, 'endpoints')", replace: '[]' }],
    tests: `${PROXY}.test.ts`,
    title: 'When a cluster changes, then its endpoints are sent again with it',
  },
  {
    name: 'what is refused in a trial stops all sending',
    edits: [{ file: `${PROXY}.ts`, find: ' || isStopped()', replace: '' }],
    tests: `${PROXY}-trial.test.ts`,
    title: 'When a proxy refuses something new in a trial, then nothing is sent to any proxy until the trial ends',
  },
  sends(
    'a name that is asked for during its response is sent once more',
    'When a name is asked for while its response is under way, then it is sent once more',
    { find: ' && !repeated.has(name)', replace: '' },
  ),
  sends(
    'a name without a resource is answered',
    'When a name has no resource, then it is answered once, and sent when there is one',
    { find: ' : missingOf(wanted)', replace: ' : []' },
  ),
  sends(
    'a refused response is halved',
    'When cluster 59 of 60 is refused, then halves are sent until it is alone, and all others are in use',
    { find: 'Math.ceil(versions.size / 2)', replace: 'Infinity' },
  ),
  {
    name: 'certificates are renewed at half life',
    edits: [
      {
        file: 'packages/mesh/control/certificates/certificates.ts',
        find: 'notBefore.getTime() + notAfter.getTime()',
        replace: 'notBefore.getTime() + notBefore.getTime()',
      },
    ],
    tests: 'packages/mesh/control/certificates/certificates.test.ts',
    title: 'When half of the lifetime is over, then a certificate is renewed, and not before',
  },
  {
    name: 'a root signs only when every proxy trusts it',
    edits: [
      {
        file: 'packages/mesh/control/certificates/rotation.ts',
        find: 'leftMs > leafMs && !isAcknowledged(bundleOf(roots))',
        replace: 'false',
      },
    ],
    tests: ROTATION,
    title: LATE,
  },
  {
    name: 'an old root stays until its last certificate has expired',
    edits: [
      {
        file: 'packages/mesh/control/certificates/rotation.ts',
        find: 'return { active: next, old: { certificate: active.certificate, until } };',
        replace: 'return { active: next };',
      },
    ],
    tests: ROTATION,
    title: LATE,
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
