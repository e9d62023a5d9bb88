import type { Because } from '../model/because.ts';
import type { Mesh } from '../model/mesh.ts';
import { selects } from '../model/services/services.ts';
import type { Service } from '../model/services/service.ts';
import type { InboundPort, Workload } from '../model/workloads/workload.ts';
import { type Caller, callersOf, type OtherCallers, otherCallersOf } from './callers.ts';
import { reaches, shortName, subsetsOf, type RouteTo, routesTo } from './routes.ts';

/** How workloads can be called, each value with the object that decided it. */
export interface InboundFacts {
  /** The workloads with these facts. */
  workloads: string[];
  proxy: Workload['proxy'];
  proxyBecause: Because;
  identity: string;
  ports: Pick<InboundPort, 'port' | 'protocol' | 'mtls'>[];
  /** The ports on which a gateway accepts requests from outside, each with its Gateway. */
  servers: { port: number; because: Because }[];
  callers: Caller[];
  otherCallers: OtherCallers | undefined;
  /** Whose tokens it checks, and where they stand in a request. */
  tokens: { issuer: string; places: string[]; because: Because }[];
}

/** What `describe pod` shows of the mesh. */
export interface PodFacts {
  inbound: InboundFacts;
  subsets: { service: string; subset: string; because: Because }[];
  routes: RouteTo[];
  /** ISO times; absent if its Envoy shows no certificate. */
  certificate?: { notBefore: string; notAfter: string } | undefined;
  /** What its Envoy refuses of what the control plane has for it; absent where nobody asked. */
  refused?: readonly { type: string; name: string; reason: string }[];
}

/** What `describe service` shows of the mesh. */
export interface ServiceFacts {
  fqdn: string;
  ports: Service['ports'];
  because: Because;
  identities: string[];
  subsets: { subset: string; labels: Record<string, string>; because: Because }[];
  inbound: InboundFacts[];
  routes: RouteTo[];
}

/** The facts about a workload's pods. Every value comes from the model, with the object that decided it. */
export function podFacts(mesh: Mesh, workload: Workload): PodFacts {
  return {
    inbound: inboundFacts(mesh, workload),
    subsets: subsetsOf(mesh, workload).map(({ fqdn, ...rest }) => ({ service: shortName(fqdn), ...rest })),
    routes: routesTo(mesh, reaches(mesh, workload)),
  };
}

/** The facts about a Service and its workloads. */
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
    inbound: groupEqual(behind.map((workload) => inboundFacts(mesh, workload))),
    routes: routesTo(mesh, (destination) => destination.fqdn === fqdn),
  };
}

function inboundFacts(mesh: Mesh, workload: Workload): InboundFacts {
  const { name, proxy, proxyBecause, identity, inbound, policies, jwts } = workload;
  return {
    workloads: [name],
    proxy,
    proxyBecause,
    identity,
    ports: inbound.map(({ port, protocol, mtls }) => ({ port, protocol, mtls })),
    servers: mesh.serversOf(workload).map(({ targetPort: port, because }) => ({ port, because })),
    callers: proxy === 'none' ? [] : callersOf(policies),
    otherCallers: proxy === 'none' ? undefined : otherCallersOf(policies),
    tokens: jwts.map((jwt) => ({ issuer: jwt.issuer, places: placesOf(jwt), because: jwt.because })),
  };
}

/** Where Envoy looks for a token; by itself in `Authorization` and the parameter `access_token`. Source: envoyproxy.io, JwtProvider from_headers. */
function placesOf({ fromHeaders, fromParams, fromCookies }: Workload['jwts'][number]): string[] {
  const written = [
    ...fromHeaders.map(({ name, prefix }) => `header ${name}${prefix === '' ? '' : ` after "${prefix}"`}`),
    ...fromParams.map((name) => `parameter ${name}`),
    ...fromCookies.map((name) => `cookie ${name}`),
  ];
  return written.length > 0 ? written : ['header Authorization after "Bearer "', 'parameter access_token'];
}

/** Joins workloads with the same facts into one entry: versions of a service usually have the same rules. */
function groupEqual(all: readonly InboundFacts[]): InboundFacts[] {
  const groups = Map.groupBy(all, (one) => JSON.stringify({ ...one, workloads: undefined }));
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, workloads: [first, ...rest].flatMap(({ workloads }) => workloads) }],
  );
}
