import { BY_DEFAULT as because } from '../../model/because.ts';
import type { Protocol } from '../../model/services/service.ts';
import type { MtlsMode } from '../../model/security/peer-authentication.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { filterChainsByMtlsMode } from './mtls-mode.ts';
import { describe, expect, test } from '@jest/globals';

const MESH = 'tls istio,istio-peer-exchange,istio-http/1.0,istio-http/1.1,istio-h2';

/** The filter chains: which connections each one accepts, and whether Envoy terminates the TLS. */
function chains(mode: MtlsMode, protocol: Protocol): string[] {
  const port: InboundPort = { port: 8080, protocol, service: undefined, mtls: { mode, because } };
  const filters = (name: string) => () => [{ name, typed_config: { '@type': '' } }];
  return filterChainsByMtlsMode(port, { http: filters('http'), tcp: filters('tcp') }, 'cluster.local').map((chain) => {
    const {
      filter_chain_match: match,
      transport_socket,
      filters: [own],
    } = chain as {
      filters: { name: string }[];
      filter_chain_match: { transport_protocol: string; application_protocols?: string[] };
      transport_socket?: object;
    };
    const taken = [match.transport_protocol, ...(match.application_protocols ? [match.application_protocols] : [])];
    return `${taken.join(' ')}: ${own!.name}, ${transport_socket ? 'terminated' : 'passed on'}`;
  });
}

const KNOWN = [
  ['http', 'http'],
  ['grpc', 'http'],
  ['tcp', 'tcp'],
] as const;

describe('filterChainsByMtlsMode', () => {
  test.each(KNOWN)('When a port is STRICT, then %s needs mutual TLS', (protocol, as) => {
    expect(chains('STRICT', protocol)).toEqual([`tls: ${as}, terminated`]);
  });

  test.each(KNOWN)('When a port is DISABLE, then %s must be plaintext', (protocol, as) => {
    expect(chains('DISABLE', protocol)).toEqual([`raw_buffer: ${as}, passed on`]);
  });

  test('When a port is PERMISSIVE, then it accepts HTTP with mutual TLS and in plaintext', () => {
    expect(chains('PERMISSIVE', 'http')).toEqual([`${MESH}: http, terminated`, 'raw_buffer: http, passed on']);
  });

  test('When a port is PERMISSIVE, then it accepts TCP in both ways, and passes the app’s own TLS on', () => {
    expect(chains('PERMISSIVE', 'tcp')).toEqual([
      `${MESH}: tcp, terminated`,
      'tls: tcp, passed on',
      'raw_buffer: tcp, passed on',
    ]);
  });

  test.each([
    ['STRICT', ['tls istio-http/1.0,istio-http/1.1,istio-h2: http, terminated', 'tls: tcp, terminated']],
    ['DISABLE', ['raw_buffer http/1.1,h2c: http, passed on', 'raw_buffer: tcp, passed on']],
  ] as const)('When a protocol is detected and the mode is %s, then HTTP and TCP differ', (mode, expected) => {
    expect(chains(mode, 'detected')).toEqual(expected);
  });
});
