import type { Mesh } from '../model/mesh.ts';
import type { Service } from '../model/services/service.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { podFacts, serviceFacts, type InboundFacts, type PodFacts, type ServiceFacts } from './facts.ts';
import { becauseText, inboundLines } from './inbound.ts';
import type { RouteTo } from './routes.ts';
import { indent, table } from './table.ts';

/**
 * Describes what the mesh does with the pods of a workload: their callers, the routes to them, and for each value the
 * object, file and line that decided it.
 */
export function describePod(mesh: Mesh, workload: Workload): string {
  return podText(podFacts(mesh, workload), Date.now());
}

/** The same for a Service and all its workloads. */
export function describeService(mesh: Mesh, service: Service): string {
  return serviceText(serviceFacts(mesh, service));
}

/** Prints the facts about a pod. `now`, in ms since 1970, is the time from which the life of its certificate is counted. */
export function podText({ inbound, subsets, routes, certificate, refused = [] }: PodFacts, now: number): string {
  const subset = subsets.map((one) => `subset ${one.subset} of ${one.service}   ${becauseText(one.because)}`);
  const lines = [
    subset.length === 0 ? '' : `Subset:   ${subset.join('\n          ')}\n`,
    inbound.proxy === 'none' ? '' : `Identity: ${inbound.identity}${renewal(certificate, now)}\n`,
    `Proxy:    ${inbound.proxy}   ${becauseText(inbound.proxyBecause)}\n`,
    ...refused.map(({ type, name, reason }) => `Refuses:  ${type} ${name}, and keeps what it had: ${reason}\n`),
  ];
  return `${lines.join('')}\n${sections([inbound], routes)}`;
}

/** Prints the facts about a Service: its workloads, and the routes to it. */
export function serviceText({ fqdn, ports, identities, subsets, inbound, routes }: ServiceFacts): string {
  const names = ports.map(({ port, targetPort, protocol }) => `${port} (${protocol}) leads to ${targetPort}`);
  const parts = subsets.map(({ subset, labels, because }) => {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return [`${subset}`, pairs.join(','), becauseText(because)];
  });
  return [
    `Host:     ${fqdn}   port ${names.join(', ')}\n`,
    `Identity: ${identities.join(', ') || '<none>'}   callers accept no other server certificate\n`,
    parts.length === 0 ? '' : `Subsets:\n${indent(table(parts))}`,
    `\n${sections(inbound, routes)}`,
  ].join('');
}

function sections(inbound: readonly InboundFacts[], routesTo: readonly RouteTo[]): string {
  const several = inbound.length > 1;
  const ports = inbound.map((facts) => {
    const who = several ? `${facts.workloads.join(', ')}:\n` : '';
    return indent(who + indent(inboundLines(facts), several ? 2 : 0));
  });
  const routes = routesTo.length === 0 ? '  none\n' : indent(table(routesTo.map(routeRow)));
  return `Inbound\n${ports.join('') || '  no workload\n'}\nOutbound routes that reach it\n${routes}`;
}

function routeRow({ from, host, subset, share, mirror, match, settings, because }: RouteTo): string[] {
  const amount = `${Number(share.toFixed(2))} %${mirror ? ' as copies' : ''}`;
  const to = [host, subset].filter(Boolean).join(' ');
  const details = [becauseText(because), settings].filter(Boolean).join(', ');
  return [`${from} → ${to}`, match === '' ? amount : `${amount} of ${match}`, details];
}

/** Certificates are renewed at half of their lifetime. */
function renewal(certificate: PodFacts['certificate'], now: number): string {
  if (certificate === undefined) return '';
  const [from, to] = [Date.parse(certificate.notBefore), Date.parse(certificate.notAfter)];
  const left = (from + to) / 2 - now;
  return `   certificate renewed in ${duration(left)}, ends in ${duration(to - now)}`;
}

function duration(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
