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

/** Where traffic is met: leaving an app, coming to one, or coming in from outside. */
export type Place = 'outbound' | 'inbound' | 'gateway';

/** Everything that one proxy is told, but for its endpoints and secrets. */
export interface Configuration {
  listeners: Named[];
  clusters: Named[];
  routes: Named[];
}
