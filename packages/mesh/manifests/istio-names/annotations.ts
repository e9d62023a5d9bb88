import { type IstioName, rowsOf } from './istio-name.ts';

const rows = rowsOf('annotation');

const STATISTICS = 'statistics of the proxy';
const RESOURCES = "resources of the proxy's container";
const LOG = "the proxy's own log";
const WRITTEN = 'written by Istio itself';
const PROBE = 'when the proxy counts as ready; here it does when it has its configuration';
const INTERFACES = 'the proxy would intercept traffic by network interface';

/** Istio's annotations. Source of names and places: istio.io/api annotation/annotations.gen.go; test/conformance compares. */
export const ANNOTATIONS: readonly IstioName[] = [
  ...rows('modelled', ['Pod'], {
    'inject.istio.io/templates': 'whether the pod is a gateway',
    'sidecar.istio.io/inject': 'whether the pod has a proxy, where it has no such label',
    'traffic.sidecar.istio.io/includeInboundPorts': 'to which ports calls pass through the proxy',
    'traffic.sidecar.istio.io/excludeInboundPorts': 'to which ports calls reach the app past its proxy',
    'traffic.sidecar.istio.io/excludeOutboundPorts': 'to which ports calls leave the app past its proxy',
    'traffic.sidecar.istio.io/includeOutboundPorts':
      'to which ports calls pass through the proxy, whatever their address',
  }),
  ...rows('modelled', ['Service'], { 'networking.istio.io/exportTo': 'which namespaces see the Service' }),
  ...rows('modelled', ['AuthorizationPolicy'], { 'istio.io/dry-run': 'whether the policy is only tried' }),
  ...rows('no effect', ['Any'], {
    'galley.istio.io/analyze-suppress': 'which messages istioctl analyze prints',
    'gateway.istio.io/controller-version': WRITTEN,
  }),
  ...rows('no effect', ['Pod'], {
    'ambient.istio.io/redirection': WRITTEN,
    'proxy.istio.io/overrides': WRITTEN,
    'sidecar.istio.io/status': WRITTEN,
    'prometheus.istio.io/merge-metrics': "where Prometheus finds the app's metrics",
    'readiness.status.sidecar.istio.io/applicationPorts': PROBE,
    'readiness.status.sidecar.istio.io/failureThreshold': PROBE,
    'readiness.status.sidecar.istio.io/initialDelaySeconds': PROBE,
    'readiness.status.sidecar.istio.io/periodSeconds': PROBE,
    'status.sidecar.istio.io/port': PROBE,
    'sidecar.istio.io/agentLogLevel': LOG,
    'sidecar.istio.io/componentLogLevel': LOG,
    'sidecar.istio.io/logLevel': LOG,
    'sidecar.istio.io/extraStatTags': STATISTICS,
    'sidecar.istio.io/statsCompression': STATISTICS,
    'sidecar.istio.io/statsEvictionInterval': STATISTICS,
    'sidecar.istio.io/statsFlushInterval': STATISTICS,
    'sidecar.istio.io/statsHistogramBins': STATISTICS,
    'sidecar.istio.io/statsHistogramBuckets': STATISTICS,
    'sidecar.istio.io/statsInclusionPrefixes': STATISTICS,
    'sidecar.istio.io/statsInclusionRegexps': STATISTICS,
    'sidecar.istio.io/statsInclusionSuffixes': STATISTICS,
    'sidecar.istio.io/nativeSidecar': 'how the container of the proxy is started',
    'sidecar.istio.io/proxyCPU': RESOURCES,
    'sidecar.istio.io/proxyCPULimit': RESOURCES,
    'sidecar.istio.io/proxyMemory': RESOURCES,
    'sidecar.istio.io/proxyMemoryLimit': RESOURCES,
    'sidecar.istio.io/userVolume': "volumes of the proxy's container",
    'sidecar.istio.io/userVolumeMount': "volumes of the proxy's container",
  }),
  ...rows('no effect', ['Service'], {
    'traffic.istio.io/nodeSelector': 'gateways between networks; here there is one network',
  }),
  ...rows('no effect', ['Namespace', 'Service', 'other'], {
    'networking.istio.io/traffic-distribution': 'which zone is preferred; here there is one',
  }),
  ...rows('no effect', ['Namespace'], {
    'topology.istio.io/controlPlaneClusters': 'which control plane is responsible; here there is one',
  }),
  ...rows('warned', ['Pod'], {
    'istio.io/rev': ['the proxy would belong to the control plane of this revision', /^default$/],
    'proxy.istio.io/config': 'the proxy would have these settings',
    'sidecar.istio.io/bootstrapOverride': 'the proxy would start with this configuration',
    'sidecar.istio.io/discoveryAddress': 'the proxy would ask this control plane',
    'sidecar.istio.io/proxyImage': 'the proxy would be this image',
    'sidecar.istio.io/proxyImageType': ['the proxy would be an image of this type', /^(default|distroless|debug)$/],
    'sidecar.istio.io/interceptionMode': ['the proxy would intercept calls in this mode', /^REDIRECT$/],
    'sidecar.istio.io/rewriteAppHTTPProbers': [
      'the kubelet would probe the app past its proxy, and fail where mTLS is STRICT',
      /^true$/,
    ],
    'traffic.sidecar.istio.io/includeOutboundIPRanges': [
      'only calls to these addresses would pass through the proxy (Services have other addresses there)',
      /^(\*|[\d.]+\/0|)$/,
    ],
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': [
      'calls to these addresses would leave the app past its proxy (Services have other addresses there)',
      /^([\d.]+\/0|)$/,
    ],
    'traffic.sidecar.istio.io/excludeInterfaces': INTERFACES,
    'traffic.sidecar.istio.io/kubevirtInterfaces': INTERFACES,
    'istio.io/reroute-virtual-interfaces': INTERFACES,
    'ambient.istio.io/bypass-inbound-capture': 'ambient mode would not take its inbound traffic',
    'ambient.istio.io/dns-capture': 'ambient mode would answer its DNS requests',
  }),
  ...rows('warned', ['Service'], {
    'alpha.istio.io/canonical-serviceaccounts': 'callers would accept certificates of these accounts too',
    'alpha.istio.io/kubernetes-serviceaccounts': 'callers would accept certificates of these accounts too',
  }),
  ...rows('warned', ['Service', 'Namespace', 'other'], {
    'istio.io/use-waypoint-canary-weight': 'a waypoint of ambient mode would get this share of the traffic',
  }),
  ...rows('no effect', ['other'], {
    'ambient.istio.io/waypoint-inbound-binding': 'kinds that are not modelled',
    'gateway.istio.io/name-override': 'kinds that are not modelled',
    'gateway.istio.io/service-account': 'kinds that are not modelled',
    'networking.istio.io/service-type': 'kinds that are not modelled',
    'istio.io/autoRegistrationGroup': 'kinds that are not modelled',
    'istio.io/connectedAt': 'kinds that are not modelled',
    'istio.io/disconnectedAt': 'kinds that are not modelled',
    'istio.io/workloadController': 'kinds that are not modelled',
    'kubernetes.io/ingress.class': 'kinds that are not modelled',
  }),
];
