import { BY_DEFAULT as because } from '../../model/because.ts';
import type { Protocol } from '../../model/services/service.ts';
import type { MtlsMode } from '../../model/security/peer-authentication.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { MESH_PROTOCOLS } from '../tls.ts';
import { filterChainsByMtlsMode } from './mtls-mode.ts';
import { describe, expect, test } from '@jest/globals';

const MESH = `tls ${MESH_PROTOCOLS.join()}`;

/** The filter chains: which connections each one accepts, and whether Envoy terminates the TLS. */
function chains(mode: MtlsMode, protocol: Protocol): string[] {
  const port: InboundPort = { port: 8080, protocol, service: undefined, mtls: { mode, because } };
  return filterChainsByMtlsMode(port, [], 'cluster.local').map((chain) => {
    const { filter_chain_match: match, transport_socket } = chain as {
      filter_chain_match: { transport_protocol: string; application_protocols?: string[] };
      transport_socket?: object;
    };
    const taken = [match.transport_protocol, ...(match.application_protocols ? [match.application_protocols] : [])];
    return `${taken.join(' ')}: ${transport_socket ? 'terminated' : 'passed on'}`;
  });
}

describe('filterChainsByMtlsMode', () => {
  test.each(['http', 'grpc', 'tcp'] as const)('When a port is STRICT, then %s needs mutual TLS', (protocol) => {
    expect(chains('STRICT', protocol)).toEqual(['tls: terminated']);
  });

  test.each(['http', 'grpc', 'tcp'] as const)('When a port is DISABLE, then %s must be plaintext', (protocol) => {
    expect(chains('DISABLE', protocol)).toEqual(['raw_buffer: passed on']);
  });

  test('When a port is PERMISSIVE, then it accepts HTTP with mutual TLS and in plaintext', () => {
    expect(chains('PERMISSIVE', 'http')).toEqual([`${MESH}: terminated`, 'raw_buffer: passed on']);
  });

  test('When a port is PERMISSIVE, then it accepts TCP in both ways, and passes the app’s own TLS on', () => {
    expect(chains('PERMISSIVE', 'tcp')).toEqual([`${MESH}: terminated`, 'tls: passed on', 'raw_buffer: passed on']);
  });
});
