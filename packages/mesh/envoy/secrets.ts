import type { Named } from './types.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';

/** As Istio names the workload's own certificate. */
export const CERTIFICATE = 'default';

/** As Istio names what certificates are checked against. */
export const ROOT = 'ROOTCA';

/** A workload's certificate with its key, both PEM: one secret, so that they never change one without the other. */
export function certificateSecret({ chain, key }: { chain: string; key: string }): Named {
  return {
    '@type': TYPE,
    name: CERTIFICATE,
    tls_certificate: { certificate_chain: { inline_string: chain }, private_key: { inline_string: key } },
  };
}

/** The root that signed every certificate of the mesh, PEM. */
export function rootSecret(pem: string): Named {
  return { '@type': TYPE, name: ROOT, validation_context: { trusted_ca: { inline_string: pem } } };
}
