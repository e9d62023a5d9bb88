import { CERTIFICATE, ROOT } from './secrets.ts';
import type { Extension } from './types.ts';
import { XDS } from './xds-source.ts';

const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3';
const VERSIONS = { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' };
const CIPHERS = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
];

/** How sidecars recognise each other in ALPN, before anything is decrypted: only a sidecar offers it. */
export const MESH_PROTOCOLS = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/**
 * What a sidecar asks of those who connect: a certificate of the mesh, and shows its own. Who it is, authorization asks.
 * Source: istio.io/istio pilot/pkg/security/authn and pkg/networking/core, BuildInboundTLS.
 */
export function downstreamTls(trustDomain: string): Extension {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${TLS}.DownstreamTlsContext`,
      common_tls_context: {
        tls_params: { ...VERSIONS, cipher_suites: CIPHERS },
        tls_certificate_sds_secret_configs: [secret(CERTIFICATE)],
        combined_validation_context: validation([{ prefix: `spiffe://${trustDomain}/` }]),
        alpn_protocols: ['h2', 'http/1.1'],
      },
      require_client_certificate: true,
    },
  };
}

export interface UpstreamTlsOptions {
  /** SPIFFE ids that may answer. */
  identities: string[];
  sni: string;
  http2: boolean;
}

/** Mutual TLS of the mesh, towards a callee that must prove to be one of the Service's own workloads. */
export function upstreamTls({ identities, sni, http2 }: UpstreamTlsOptions): Extension {
  const common = {
    tls_params: VERSIONS,
    tls_certificate_sds_secret_configs: [secret(CERTIFICATE)],
    combined_validation_context: validation(identities.map((exact) => ({ exact }))),
    alpn_protocols: http2 ? ['istio', 'h2'] : ['istio'],
  };
  return upstream({ common_tls_context: common, sni });
}

/**
 * `tls.mode: SIMPLE`: TLS without a certificate of one's own. Istio checks the callee against the system's roots; here only
 * the mesh's root is known, so a callee of elsewhere is refused rather than believed.
 */
export function simpleTls(http2: boolean): Extension {
  const common = {
    tls_params: VERSIONS,
    combined_validation_context: validation([]),
    ...(http2 && { alpn_protocols: ['h2'] }),
  };
  return upstream({ common_tls_context: common });
}

function upstream(config: object): Extension {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: { '@type': `${TLS}.UpstreamTlsContext`, ...config },
  };
}

function validation(names: object[]) {
  return {
    default_validation_context: names.length === 0 ? {} : { match_subject_alt_names: names },
    validation_context_sds_secret_config: secret(ROOT),
  };
}

function secret(name: string) {
  return { name, sds_config: XDS };
}
