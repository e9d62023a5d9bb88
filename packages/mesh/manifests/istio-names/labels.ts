import { type IstioName, rowsOf } from './istio-name.ts';

const rows = rowsOf('label');

const TELEMETRY = 'names in metrics and spans';
const PLACE = 'which cluster, network or zone is preferred; here there is one';
const WRITTEN = 'written by Istio itself';
const OPERATOR = "Istio's own installation";
const WAYPOINT = 'a waypoint of ambient mode would handle its traffic';

/** Istio's labels, and the one of a Namespace that is not in Istio's list. Source: istio.io/api label/labels.gen.go; test/conformance compares. */
export const LABELS: readonly IstioName[] = [
  ...rows('modelled', ['Namespace'], { 'istio-injection': 'whether pods of the namespace have a proxy' }),
  ...rows('modelled', ['Pod'], { 'sidecar.istio.io/inject': 'whether the pod has a proxy' }),
  ...rows('modelled', ['Namespace', 'Pod', 'Config', 'other'], {
    'istio.io/rev':
      'whether pods have a proxy: of the revision "default" they do; objects of every revision are in force',
  }),
  ...rows('refused', ['Namespace', 'Pod'], {
    'istio.io/dataplane-mode': ['its pods would be in ambient mode', /^none$/],
  }),
  ...rows('warned', ['Namespace', 'Pod', 'Service', 'other'], {
    'istio.io/use-waypoint': [WAYPOINT, /^none$/],
    'istio.io/use-waypoint-namespace': WAYPOINT,
  }),
  ...rows('warned', ['Namespace', 'Service', 'other'], {
    'istio.io/ingress-use-waypoint': WAYPOINT,
    'istio.io/use-waypoint-canary': WAYPOINT,
    'istio.io/use-waypoint-canary-namespace': WAYPOINT,
  }),
  ...rows('warned', ['Pod'], {
    'security.istio.io/tlsMode': ['callers would use mutual TLS, or not, as it says', /^istio$/],
  }),
  ...rows('warned', ['Service'], {
    'experimental.istio.io/disable-gateway-port-translation': 'gateways would not translate ports by this Service',
  }),
  ...rows('no effect', ['Pod'], {
    'service.istio.io/canonical-name': TELEMETRY,
    'service.istio.io/canonical-revision': TELEMETRY,
    'topology.istio.io/cluster': PLACE,
    'topology.istio.io/locality': PLACE,
  }),
  ...rows('no effect', ['Pod', 'other'], { 'service.istio.io/workload-name': TELEMETRY }),
  ...rows('no effect', ['Namespace', 'Pod', 'Service'], { 'topology.istio.io/network': PLACE }),
  ...rows('no effect', ['Service'], { 'networking.istio.io/gatewayPort': PLACE }),
  ...rows('no effect', ['Any'], {
    'operator.istio.io/component': OPERATOR,
    'operator.istio.io/managed': OPERATOR,
    'operator.istio.io/version': OPERATOR,
    'gateway.istio.io/managed': WRITTEN,
    'gateway.networking.k8s.io/gateway-class-name': WRITTEN,
    'gateway.networking.k8s.io/gateway-name': WRITTEN,
  }),
  ...rows('no effect', ['other'], {
    'topology.istio.io/subzone': PLACE,
    'istio.io/tag': 'kinds that are not modelled',
    'istio.io/waypoint-for': 'kinds that are not modelled',
    'networking.istio.io/enable-autoallocate-ip': 'kinds that are not modelled',
  }),
];
