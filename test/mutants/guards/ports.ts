import { means } from './fidelity.ts';
import type { Mutant } from '../mutant.ts';

const captured = (name: string, find: string, title: string): Mutant => ({
  name,
  edits: [{ file: 'packages/mesh/manifests/istio-names/capture.ts', find, replace: 'port > 0' }],
  tests: 'packages/mesh/manifests/istio-names/capture.test.ts',
  title,
});

/** The guards of ports: what is HTTP on them, and what passes through a sidecar at all. */
export const PORTS: Mutant[] = [
  means('a port that names no protocol is detected', 'detected-ports', {
    file: 'model/services/protocol',
    find: "(SERVER_FIRST.has(port) ? 'tcp' : 'detected')",
    replace: "(SERVER_FIRST.has(port) ? 'tcp' : 'http')",
  }),
  means('a port that no Service has is detected', 'detected-ports', {
    file: 'model/workloads/inbound',
    find: "{ protocol: 'detected', service: undefined }",
    replace: "{ protocol: 'tcp', service: undefined }",
  }),
  means('a detected port has routes of its own', 'detected-ports', {
    file: 'envoy/routes/configuration',
    find: 'hosts.filter(({ domains }) => domains.includes(fqdn))',
    replace: 'hosts.filter(({ domains }) => domains.length > 0)',
  }),
  means('HTTP is looked for in plaintext', 'detected-ports', {
    file: 'envoy/listeners/inbound',
    find: "protocol === 'detected' && mode !== 'STRICT' ? [httpInspector] : []",
    replace: "protocol === 'detected' && mode === 'STRICT' ? [httpInspector] : []",
  }),
  {
    name: 'a callee learns that it gets no HTTP',
    edits: [
      {
        file: 'packages/mesh/envoy/listeners/outbound.ts',
        find: "cluster.policy.tls !== 'SIMPLE'",
        replace: "cluster.policy.tls === 'ISTIO_MUTUAL'",
      },
    ],
    tests: 'packages/mesh/envoy/listeners/outbound.test.ts',
    title: 'When a connection to a detected port is not HTTP, then mutual TLS does not offer HTTP to the callee',
  },
  captured(
    'ports that are taken out pass by the sidecar',
    "!has('excludeInboundPorts', port)",
    'When a pod has {"excludeInboundPorts":"80, 808"}, then calls to it pass through the sidecar at [81]',
  ),
  captured(
    'calls that are taken out pass by the sidecar',
    "!has('excludeOutboundPorts', port)",
    'When a pod has {"excludeOutboundPorts":"80,081"}, then its own calls pass through the sidecar at [808]',
  ),
];
