import { findService, type Mesh } from '../model/mesh.ts';
import { perPair } from '../model/per-object.ts';
import type { Cluster } from '../model/policy/traffic-policy.ts';
import type { Service } from '../model/services/service.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { outboundName } from './names.ts';
import { compare } from '../manifests/compare.ts';
import { matches } from '../manifests/labels.ts';
import { socketAddress, type Address } from './placement.ts';
import type { TypedConfig } from './protobuf.ts';

const TYPE = 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment';

/** A ready pod behind a Service's port. */
export interface Endpoint {
  address: Address;
  labels: Record<string, string>;
  tlsMode: TlsMode;
}

/**
 * Whether an endpoint takes mutual TLS; callers with auto mTLS follow it (`transport_socket_matches` of their cluster). `never`: it
 * has no sidecar, whatever a DestinationRule says.
 */
type TlsMode = 'istio' | 'disabled' | 'never';

/**
 * The TLS mode of a pod's port: mutual TLS if the pod has a sidecar, unless the effective PeerAuthentication of this port is
 * DISABLE. A gateway's listeners are for callers without a certificate.
 * Source: istio.io/istio pilot/pkg/xds/endpoints/mtls_checker.go, checkMtlsEnabled.
 */
export function tlsModeOf({ proxy, inbound }: Pick<Workload, 'proxy' | 'inbound'>, containerPort: number): TlsMode {
  const mode = inbound.find(({ port }) => port === containerPort)?.mtls.mode;
  if (proxy !== 'sidecar') return 'never';
  return mode === 'DISABLE' ? 'disabled' : 'istio';
}

/** Ready pods of a Service, at one of its ports. While it gives the same list and the cluster is the same, so is the assignment. */
export type Endpoints = (service: Service, port: number) => readonly Endpoint[];

/** An Envoy ClusterLoadAssignment. */
export interface Assignment extends TypedConfig {
  cluster_name: string;
  endpoints: object[];
}

/**
 * The endpoints of every cluster that the caller can name: the ready pods of the Service that have the subset's labels.
 * Callers with the same clusters get the same assignments, as objects: each is made, and encoded, once.
 * Source: istio.io/istio pilot/pkg/xds/endpoints/endpoint_builder.go.
 */
export function assignments(mesh: Mesh, caller: Workload, endpoints: Endpoints): Assignment[] {
  return mesh.clustersOf(caller).map((cluster) => {
    const service = findService(mesh, cluster.fqdn);
    return assignmentOf(service ? endpoints(service, cluster.port) : NONE, cluster);
  });
}

const NONE: readonly Endpoint[] = [];

const assignmentOf = perPair((ready: readonly Endpoint[], cluster: Cluster) => {
  const own = ready.filter(({ labels }) => matches(labels, cluster.labels));
  return assignment(cluster, own);
});

// Sorted by address: the same pods give the same text, in whatever order they became ready.
function assignment(cluster: Cluster, ready: Endpoint[]): Assignment {
  const sorted = ready.toSorted((a, b) => compare(a.address.host, b.address.host) || a.address.port - b.address.port);
  const locality = {
    locality: {},
    lb_endpoints: sorted.map((one) => lbEndpoint(one, cluster)),
    load_balancing_weight: sorted.length,
  };
  return { '@type': TYPE, cluster_name: outboundName(cluster), endpoints: sorted.length === 0 ? [] : [locality] };
}

/** A DestinationRule that has a TLS mode decides for all endpoints with a sidecar. */
function lbEndpoint({ address, tlsMode: own }: Endpoint, { endpointTls }: Cluster) {
  const asked = endpointTls === undefined ? own === 'istio' : endpointTls === 'ISTIO_MUTUAL';
  const isMutual = asked && own !== 'never';
  return {
    endpoint: { address: socketAddress(address) },
    health_status: 'HEALTHY',
    metadata: isMutual ? { filter_metadata: { 'envoy.transport_socket_match': { tlsMode: 'istio' } } } : {},
    load_balancing_weight: 1,
  };
}
