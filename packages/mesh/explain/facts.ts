import type { Because } from '../model/because.ts';
import type { Mesh } from '../model/mesh.ts';
import { selects } from '../model/services/services.ts';
import type { Service } from '../model/services/service.ts';
import type { InboundPort, Workload } from '../model/workloads/workload.ts';
import { type Caller, callersOf, type Otherwise, otherwiseOf } from './callers.ts';
import { leadsTo, shortName, subsetsOf, type Way, waysTo } from './routes.ts';

/** What holds at the doors of some workloads, and which object decided each of it. */
export interface InboundFacts {
  /** Workloads for which all of it is the same. */
  workloads: string[];
  proxy: Workload['proxy'];
  proxyBecause: Because;
  identity: string;
  ports: Pick<InboundPort, 'port' | 'protocol' | 'mtls'>[];
  /** Ports on which a gateway meets the world, by which Gateway. */
  servers: { port: number; because: Because }[];
  callers: Caller[];
  otherwise: Otherwise | undefined;
}

/** What `describe pod` tells of the mesh. */
export interface PodFacts {
  inbound: InboundFacts;
  subsets: { service: string; subset: string; because: Because }[];
  ways: Way[];
  /** ISO times; left out where its Envoy shows none. */
  certificate?: { notBefore: string; notAfter: string } | undefined;
}

/** What `describe service` tells of the mesh. */
export interface ServiceFacts {
  fqdn: string;
  ports: Service['ports'];
  because: Because;
  identities: string[];
  subsets: { subset: string; labels: Record<string, string>; because: Because }[];
  inbound: InboundFacts[];
  ways: Way[];
}

/** What the mesh has decided about a workload's pods. Decides nothing: every value is the model's, with who said so. */
export function podFacts(mesh: Mesh, workload: Workload): PodFacts {
  return {
    inbound: inboundFacts(mesh, workload),
    subsets: subsetsOf(mesh, workload).map(({ fqdn, subset, because }) => ({
      service: shortName(fqdn),
      subset,
      because,
    })),
    ways: waysTo(mesh, leadsTo(mesh, workload)),
  };
}

/** What the mesh has decided about a Service and all who stand behind it. */
export function serviceFacts(mesh: Mesh, service: Service): ServiceFacts {
  const { fqdn, ports, because, identities } = service;
  const behind = mesh.workloads.filter((workload) => selects(service, workload));
  const caller = mesh.workloads.find(({ proxy, namespace }) => proxy !== 'none' && namespace === service.namespace);
  const clusters = caller === undefined ? [] : mesh.clustersOf(caller);
  const subsets = clusters.filter((one) => one.fqdn === fqdn && one.subset !== '' && one.port === ports[0]?.port);
  return {
    fqdn,
    ports,
    because,
    identities,
    subsets: subsets.map(({ subset, labels, because: decidedBy }) => ({ subset, labels, because: decidedBy })),
    inbound: together(behind.map((workload) => inboundFacts(mesh, workload))),
    ways: waysTo(mesh, (destination) => destination.fqdn === fqdn),
  };
}

function inboundFacts(mesh: Mesh, workload: Workload): InboundFacts {
  const { name, proxy, proxyBecause, identity, inbound, policies } = workload;
  return {
    workloads: [name],
    proxy,
    proxyBecause,
    identity,
    ports: inbound.map(({ port, protocol, mtls }) => ({ port, protocol, mtls })),
    servers: mesh.serversOf(workload).map(({ targetPort: port, because }) => ({ port, because })),
    callers: proxy === 'none' ? [] : callersOf(policies),
    otherwise: proxy === 'none' ? undefined : otherwiseOf(policies),
  };
}

/** Versions of a service mostly have the same rules: they are told once. */
function together(all: readonly InboundFacts[]): InboundFacts[] {
  const groups = Map.groupBy(all, (one) => JSON.stringify({ ...one, workloads: undefined }));
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, workloads: [first, ...rest].flatMap(({ workloads }) => workloads) }],
  );
}
