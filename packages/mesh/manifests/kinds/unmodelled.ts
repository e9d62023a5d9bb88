/**
 * Kinds that a cluster has and this mesh does not, by group and kind, each with what to do instead: the rest of a sentence.
 * A file with one of them is refused.
 */
const UNMODELLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'networking.istio.io': {
    ServiceEntry: 'hosts outside of the mesh are called directly here',
    Sidecar: 'every proxy has the routes to all Services here',
    EnvoyFilter: 'it would change the configuration of Envoy itself',
    WorkloadEntry: 'write a Deployment',
    WorkloadGroup: 'write a Deployment',
    ProxyConfig: 'proxies have their default settings here',
  },
  'extensions.istio.io': {
    WasmPlugin: 'the Envoy here has no WebAssembly',
    TrafficExtension: 'proxies have no extensions here',
  },
  'gateway.networking.k8s.io': {
    Gateway: "write Istio's own Gateway (networking.istio.io/v1) with a gateway Deployment",
    GatewayClass: "write Istio's own Gateway (networking.istio.io/v1) with a gateway Deployment",
    HTTPRoute: 'write a VirtualService',
    GRPCRoute: 'write a VirtualService',
    TCPRoute: 'TCP is forwarded to the Service without a route here',
    TLSRoute: 'TLS is forwarded to the Service without a route here',
    ReferenceGrant: "Istio's own kinds need none",
  },
  '': {
    Pod: 'write a Deployment',
    ReplicationController: 'write a Deployment',
    PersistentVolume: 'pods have emptyDir volumes here',
    PersistentVolumeClaim: 'pods have emptyDir volumes here',
    Endpoints: 'a Service finds its pods by its selector',
    LimitRange: 'nothing is limited here',
    ResourceQuota: 'nothing is limited here',
  },
  apps: { ReplicaSet: 'write a Deployment', DaemonSet: 'write a Deployment: there is one machine' },
  batch: { Job: 'run it with "npx tuesday exec"', CronJob: 'run it with "npx tuesday exec"' },
  autoscaling: { HorizontalPodAutoscaler: 'use "npx tuesday scale"' },
  policy: { PodDisruptionBudget: 'nothing drains the machine' },
  'networking.k8s.io': {
    Ingress: 'write a Gateway and a VirtualService',
    NetworkPolicy: 'write an AuthorizationPolicy',
  },
  'discovery.k8s.io': { EndpointSlice: 'a Service finds its pods by its selector' },
  'rbac.authorization.k8s.io': {
    Role: 'there is no API to protect here',
    RoleBinding: 'there is no API to protect here',
    ClusterRole: 'there is no API to protect here',
    ClusterRoleBinding: 'there is no API to protect here',
  },
  'apiextensions.k8s.io': { CustomResourceDefinition: "Istio's kinds are known without it" },
};

/**
 * What to do instead of an object of this kind; undefined for a kind that Kubernetes, Gateway API and Istio do not have in this
 * group.
 * @param apiVersion as in a file: `v1`, `networking.istio.io/v1`
 */
export function insteadOf(kind: string, apiVersion: unknown): string | undefined {
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.replace(/\/.*$/, '') : '';
  const kinds = Object.hasOwn(UNMODELLED, group) ? UNMODELLED[group] : undefined;
  return kinds !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}
