import { BY_DEFAULT as because } from '../../model/because.ts';
import type { Protocol } from '../../model/services/service.ts';
import type { MtlsMode } from '../../model/security/peer-authentication.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { MESH_PROTOCOLS } from '../tls.ts';
import { filterChainsByMtlsMode } from './mtls-mode.ts';
import { describe, expect, test } from '@jest/globals';

const MESH = `tls ${MESH_PROTOCOLS.join()}`;

/** For each chain what it takes, and whether Envoy opens the TLS itself. */
function chains(mode: MtlsMode, protocol: Protocol): string[] {
  const port: InboundPort = { port: 8080, protocol, service: undefined, mtls: { mode, because } };
  return filterChainsByMtlsMode(port, [], 'cluster.local').map((chain) => {
    const { filter_chain_match: match, transport_socket } = chain as {
      filter_chain_match: { transport_protocol: string; application_protocols?: string[] };
      transport_socket?: object;
    };
    const taken = [match.transport_protocol, ...(match.application_protocols ? [match.application_protocols] : [])];
    return `${taken.join(' ')}: ${transport_socket ? 'opened' : 'as it is'}`;
  });
}

describe('filterChainsByMtlsMode', () => {
  test.each(['http', 'grpc', 'tcp'] as const)('When a port is STRICT, then %s comes by mutual TLS only', (protocol) => {
    expect(chains('STRICT', protocol)).toEqual(['tls: opened']);
  });

  test.each(['http', 'grpc', 'tcp'] as const)('When a port is DISABLE, then %s comes in plaintext only', (protocol) => {
    expect(chains('DISABLE', protocol)).toEqual(['raw_buffer: as it is']);
  });

  test('When a port is PERMISSIVE, then HTTP comes either way', () => {
    expect(chains('PERMISSIVE', 'http')).toEqual([`${MESH}: opened`, 'raw_buffer: as it is']);
  });

  test('When a port is PERMISSIVE, then TCP comes either way, and the app’s own TLS unopened', () => {
    expect(chains('PERMISSIVE', 'tcp')).toEqual([`${MESH}: opened`, 'tls: as it is', 'raw_buffer: as it is']);
  });
});
