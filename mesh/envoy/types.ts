/** A protobuf Any in JSON: its type's URL beside its fields. */
export interface TypedConfig {
  '@type': string;
  [field: string]: unknown;
}

/** What Envoy knows by name: a listener, a cluster, a route configuration, a secret. */
export interface Named extends TypedConfig {
  name: string;
}

/** One filter of a chain, or a transport socket: Envoy writes both alike. */
export interface Extension {
  name: string;
  typed_config: TypedConfig;
}

/** Seen from the app beside the proxy. */
export type Direction = 'inbound' | 'outbound';
