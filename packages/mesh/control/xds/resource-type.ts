/** The types of xDS resources, in the order of a push: what a type names stands before it. */
export const RESOURCE_TYPES = ['endpoints', 'secrets', 'clusters', 'routes', 'listeners'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

const ENVOY = 'type.googleapis.com/envoy';

/** The type URL of each type. Source: envoyproxy.io, xDS REST and gRPC protocol, "Resource Types". */
export const TYPE_URLS: Readonly<Record<ResourceType, string>> = {
  endpoints: `${ENVOY}.config.endpoint.v3.ClusterLoadAssignment`,
  secrets: `${ENVOY}.extensions.transport_sockets.tls.v3.Secret`,
  clusters: `${ENVOY}.config.cluster.v3.Cluster`,
  routes: `${ENVOY}.config.route.v3.RouteConfiguration`,
  listeners: `${ENVOY}.config.listener.v3.Listener`,
};
