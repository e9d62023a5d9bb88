import type { Because } from '../../packages/mesh/model/because.ts';
import type { InboundFacts } from '../../places/local/api/facts.ts';
import { table } from '../print/table.ts';
import { decidedBy } from './decided.ts';

/** Lines about the doors of workloads: each port with its mTLS mode, who may come in, and what all others get. */
export function inboundLines(facts: InboundFacts): string {
  if (facts.proxy === 'none')
    return `no sidecar: it speaks plaintext, and nobody is asked who they are   ${decidedBy(facts.proxyBecause)}\n`;
  const ports = facts.ports.map(({ port, protocol, mtls }) => [
    `port ${port} (${protocol})`,
    `mTLS ${mtls.mode}`,
    decidedBy(mtls.because),
  ]);
  const servers = facts.servers.map(({ port, because }) => [
    `port ${port} (http)`,
    'plaintext, for the world',
    decidedBy(because),
  ]);
  return table([...ports, ...servers, ...callerRows(facts)]);
}

function callerRows({ callers, otherwise, ports, servers }: InboundFacts): string[][] {
  const rows = callers.map(({ action, who, what, rule, because }) => [
    action === 'DENY' ? 'denied callers' : 'allowed callers',
    what === '' ? who : `${who}: ${what}`,
    decidedBy({ ...because, object: `${because.object}, rule ${rule}` }),
  ]);
  if (otherwise === undefined) return rows;
  const { allowed, because } = otherwise;
  if (allowed) return [...rows, [rows.length === 0 ? 'anybody' : 'anybody else', 'allowed', noPolicy(because)]];
  return [
    ...rows,
    [
      'anybody else',
      refusal([...ports.map(({ protocol }) => protocol), ...servers.map(() => 'http')]),
      decidedBy(because),
    ],
  ];
}

/** In TCP there is no status to answer with. */
function refusal(protocols: readonly string[]): string {
  const tcp = protocols.filter((protocol) => protocol === 'tcp').length;
  if (tcp === 0) return '403';
  return tcp === protocols.length ? 'connection closed' : '403, on tcp ports: connection closed';
}

function noPolicy(because: Because): string {
  return `${because.object}: no AuthorizationPolicy allows anything here`;
}
