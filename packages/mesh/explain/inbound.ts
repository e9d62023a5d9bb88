import type { Because } from '../model/because.ts';
import { canBeHttp, isHttp } from '../model/services/protocol.ts';
import type { Protocol } from '../model/services/service.ts';
import type { InboundFacts } from './facts.ts';
import { table } from './table.ts';

/** `PeerAuthentication shop/default (istio/base/strict-mtls.yaml:3)`; a default of Istio has no file. */
export function becauseText({ object, file, line }: Because): string {
  return file === '' ? object : `${object} (${file}:${line})`;
}

/** Lines about the ports of workloads: each with its mTLS mode, then the rules for callers, then the result for other callers. */
export function inboundLines(facts: InboundFacts): string {
  if (facts.proxy === 'none')
    return `no sidecar: plaintext, callers are not authenticated   ${becauseText(facts.proxyBecause)}\n`;
  const ports = facts.ports.map(({ port, protocol, mtls }) => [
    `port ${port} (${protocol})`,
    `mTLS ${mtls.mode}`,
    becauseText(mtls.because),
  ]);
  const servers = facts.servers.map(({ port, because }) => [
    `port ${port} (http)`,
    'plaintext, from outside the mesh',
    becauseText(because),
  ]);
  const tokens = facts.tokens.map(({ issuer, places, because }) => [
    `tokens of ${issuer}`,
    `401 if invalid, in ${places.join(', ')}`,
    becauseText(because),
  ]);
  return table([...ports, ...servers, ...tokens, ...callerRows(facts)]);
}

function callerRows({ callers, otherCallers, ports, servers }: InboundFacts): string[][] {
  const rows = callers.map(({ action, dryRun, who, what, rule, because }) => [
    `${dryRun ? 'dry run, ' : ''}${action === 'DENY' ? 'denied' : 'allowed'} callers`,
    what === '' ? who : `${who}: ${what}`,
    becauseText({ ...because, object: `${because.object}, rule ${rule}` }),
  ]);
  if (otherCallers === undefined) return rows;
  const { allowed, because } = otherCallers;
  const others = rows.length === 0 ? 'all callers' : 'other callers';
  if (allowed) return [...rows, [others, 'allowed', `${because.object}: no AuthorizationPolicy allows anything here`]];
  const denied = deniedText([...ports.map(({ protocol }) => protocol), ...servers.map(() => 'http' as const)]);
  return [...rows, ['other callers', denied, becauseText(because)]];
}

/** A request that no policy allows gets 403; a TCP connection is closed, because TCP has no status. */
function deniedText(protocols: readonly Protocol[]): string {
  if (protocols.every(isHttp)) return '403';
  return protocols.some(canBeHttp) ? '403, on tcp ports: connection closed' : 'connection closed';
}
