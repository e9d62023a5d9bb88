import type { Extension, XdsResource } from './protobuf.ts';
import { XDS } from './xds-source.ts';

const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3';
const VERSIONS = { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' };

// Source: istio.io/istio pilot/pkg/security/authn/utils/utils.go, SupportedCiphers.
const CIPHERS = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
];

// Istio's names of the two secrets. Source: pilot/pkg/security/model/authentication.go, SDSDefaultResourceName and SDSRootResourceName.
const CERTIFICATE = 'default';
const ROOT = 'ROOTCA';

// The ALPN names that only a sidecar offers: by them a port recognises mutual TLS, and HTTP in it, before it decrypts anything.
// Source: istio.io/istio pilot/pkg/networking/core/listener.go, mtlsHTTPALPNs and mtlsTCPWithMxcALPNs.
export const HTTP_IN_MESH = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
export const TCP_IN_MESH = ['istio-peer-exchange', 'istio'];

/**
 * The server side of mutual TLS: the caller must show a certificate of the trust domain. Which identity may do what is
 * left to authorization. Source: istio.io/istio pilot/pkg/security/authn/utils/utils.go, BuildInboundTLS.
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

/**
 * The client side of mutual TLS: the callee must show one of `identities`, those of the Service's own workloads.
 * Source: istio.io/istio pilot/pkg/networking/core/cluster_tls.go, buildUpstreamClusterTLSContext (ISTIO_MUTUAL).
 */
export function upstreamTls(identities: string[], sni: string, alpn_protocols: string[]): Extension {
  const common = {
    tls_params: VERSIONS,
    tls_certificate_sds_secret_configs: [secret(CERTIFICATE)],
    combined_validation_context: validation(identities.map((exact) => ({ exact }))),
    alpn_protocols,
  };
  return upstream({ common_tls_context: common, sni });
}

/**
 * `tls.mode: SIMPLE`: TLS without a client certificate. Istio checks the callee against the roots of the operating system.
 * Here the only known root is the mesh's own, so a callee with a certificate of another root is rejected.
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
  return { name: 'envoy.transport_sockets.tls', typed_config: { '@type': `${TLS}.UpstreamTlsContext`, ...config } };
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

/** A workload's certificate and key, both PEM. They are one secret, so that one never changes without the other. */
export function certificateSecret({ chain, key }: { chain: string; key: string }): XdsResource {
  return {
    '@type': `${TLS}.Secret`,
    name: CERTIFICATE,
    tls_certificate: { certificate_chain: { inline_string: chain }, private_key: { inline_string: key } },
  };
}

/** The root certificate of the mesh, PEM: peers' certificates are checked against it. */
export function rootSecret(pem: string): XdsResource {
  return { '@type': `${TLS}.Secret`, name: ROOT, validation_context: { trusted_ca: { inline_string: pem } } };
}
