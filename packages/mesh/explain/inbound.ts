import type { Because } from '../model/because.ts';
import type { InboundFacts } from './facts.ts';
import { table } from './table.ts';
import { becauseText } from './because-text.ts';

/** Lines about the ports of workloads: each with its mTLS mode, then who may call, and what all others get. */
export function inboundLines(facts: InboundFacts): string {
  if (facts.proxy === 'none')
    return `no sidecar: it speaks plaintext, and nobody is asked who they are   ${becauseText(facts.proxyBecause)}\n`;
  const ports = facts.ports.map(({ port, protocol, mtls }) => [
    `port ${port} (${protocol})`,
    `mTLS ${mtls.mode}`,
    becauseText(mtls.because),
  ]);
  const servers = facts.servers.map(({ port, because }) => [
    `port ${port} (http)`,
    'plaintext, for the world',
    becauseText(because),
  ]);
  return table([...ports, ...servers, ...callerRows(facts)]);
}

function callerRows({ callers, otherwise, ports, servers }: InboundFacts): string[][] {
  const rows = callers.map(({ action, who, what, rule, because }) => [
    action === 'DENY' ? 'denied callers' : 'allowed callers',
    what === '' ? who : `${who}: ${what}`,
    becauseText({ ...because, object: `${because.object}, rule ${rule}` }),
  ]);
  if (otherwise === undefined) return rows;
  const { allowed, because } = otherwise;
  if (allowed) return [...rows, [rows.length === 0 ? 'anybody' : 'anybody else', 'allowed', noPolicy(because)]];
  return [
    ...rows,
    [
      'anybody else',
      answerToOthers([...ports.map(({ protocol }) => protocol), ...servers.map(() => 'http')]),
      becauseText(because),
    ],
  ];
}

/** A request that no policy allows gets a status; a TCP connection is closed, because TCP has none. */
function answerToOthers(protocols: readonly string[]): string {
  const tcp = protocols.filter((protocol) => protocol === 'tcp').length;
  if (tcp === 0) return '403';
  return tcp === protocols.length ? 'connection closed' : '403, on tcp ports: connection closed';
}

function noPolicy(because: Because): string {
  return `${because.object}: no AuthorizationPolicy allows anything here`;
}
