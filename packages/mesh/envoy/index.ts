/** Translates the model and a placement into the configuration of one Envoy. Pure. */
export { bootstrap } from './bootstrap.ts';
export { translate } from './configuration.ts';
export type { Configuration } from './configuration.ts';
export { assignments, tlsModeOf } from './endpoints.ts';
export type { Assignment, Endpoint, Endpoints } from './endpoints.ts';
export { proxyCluster } from './names.ts';
export { AS_WRITTEN } from './placement.ts';
export type { Address, Placement } from './placement.ts';
export type { TypedConfig, XdsResource } from './protobuf.ts';
export { certificateSecret, rootSecret } from './tls.ts';
export { XDS } from './xds-source.ts';
