/** Translates the model and a placement into the configuration of one Envoy. Pure. */
export { bootstrap } from './bootstrap.ts';
export { translate, type Configuration } from './configuration.ts';
export { encode } from './encoding/encode.ts';
export { assignments, tlsModeOf, type Assignment, type Endpoint, type Endpoints } from './endpoints.ts';
export { proxyCluster } from './names.ts';
export { AS_WRITTEN, type Address, type Placement } from './placement.ts';
export type { TypedConfig, XdsResource } from './protobuf.ts';
export { certificateSecret, rootSecret } from './tls.ts';
export { XDS } from './xds-source.ts';
