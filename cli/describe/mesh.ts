import type { InboundFacts, PodFacts, ServiceFacts } from '../../places/local/api/facts.ts';
import type { Way } from '../../places/local/api/routes.ts';
import { indent, table } from '../print/table.ts';
import { decidedBy } from './decided.ts';
import { inboundLines } from './inbound.ts';

/** What the mesh does with a pod, each value with the object that decided it. `now` in ms since 1970. */
export function podMesh({ inbound, subsets, ways, certificate }: PodFacts, now: number): string {
  const subset = subsets.map((one) => `subset ${one.subset} of ${one.service}   ${decidedBy(one.because)}`);
  const lines = [
    subset.length === 0 ? '' : `Subset:   ${subset.join('\n          ')}\n`,
    inbound.proxy === 'none' ? '' : `Identity: ${inbound.identity}${renewal(certificate, now)}\n`,
    `Proxy:    ${inbound.proxy}   ${decidedBy(inbound.proxyBecause)}\n`,
  ];
  return `${lines.join('')}\n${sections([inbound], ways)}`;
}

/** The same of a Service: who stands behind it, and how it is reached. */
export function serviceMesh({ fqdn, ports, identities, subsets, inbound, ways }: ServiceFacts): string {
  const names = ports.map(({ port, targetPort, protocol }) => `${port} (${protocol}) leads to ${targetPort}`);
  const parts = subsets.map(({ subset, labels, because }) => {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    return [`${subset}`, pairs.join(','), decidedBy(because)];
  });
  return [
    `Host:     ${fqdn}   port ${names.join(', ')}\n`,
    `Identity: ${identities.join(', ') || '<none>'}   callers accept nobody else behind it\n`,
    parts.length === 0 ? '' : `Subsets:\n${indent(table(parts))}`,
    `\n${sections(inbound, ways)}`,
  ].join('');
}

function sections(inbound: readonly InboundFacts[], ways: readonly Way[]): string {
  const several = inbound.length > 1;
  const doors = inbound.map((facts) => {
    const who = several ? `${facts.workloads.join(', ')}:\n` : '';
    return indent(who + indent(inboundLines(facts), several ? 2 : 0));
  });
  const routes = ways.length === 0 ? '  none\n' : indent(table(ways.map(wayRow)));
  return `Inbound\n${doors.join('') || '  nobody stands behind it\n'}\nOutbound routes that reach it\n${routes}`;
}

function wayRow({ from, host, subset, share, mirror, match, settings, because }: Way): string[] {
  const amount = `${Number(share.toFixed(2))} %${mirror ? ' as copies' : ''}`;
  const to = [host, subset].filter(Boolean).join(' ');
  const details = [decidedBy(because), settings].filter(Boolean).join(', ');
  return [`${from} → ${to}`, match === '' ? amount : `${amount} of ${match}`, details];
}

/** Certificates are renewed at half of their life. */
function renewal(certificate: PodFacts['certificate'], now: number): string {
  if (certificate === undefined) return '';
  const [from, to] = [Date.parse(certificate.notBefore), Date.parse(certificate.notAfter)];
  const left = (from + to) / 2 - now;
  return `   certificate renewed in ${spoken(left)}, ends in ${spoken(to - now)}`;
}

function spoken(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
