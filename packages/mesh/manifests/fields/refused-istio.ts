import type { RefusedFields } from './place.ts';

const SELECTOR = 'use selector';
const FILES = 'the certificates of the mesh are the only ones here';
const ONE_PLACE = 'there is one zone';

/** Fields of Istio's kinds. */
export const REFUSED_OF_ISTIO: RefusedFields = {
  VirtualService: {
    'TCP is forwarded to the Service without a route here': ['spec.tcp'],
    'TLS is forwarded to the Service without a route here': ['spec.tls'],
    'write the routes into one VirtualService': ['spec.http.delegate'],
    'the page is served by the same host as its API': ['spec.http.corsPolicy'],
    'use uri': ['spec.http.rewrite.uriRegexRewrite', 'spec.http.redirect.prefixRewrite'],
    'use port': ['spec.http.redirect.derivePort'],
    'use string': ['spec.http.directResponse.body.bytes'],
    'use percentage': ['spec.http.fault.delay.percent'],
    'use mirrorPercentage': ['spec.http.mirrorPercent'],
    'use fixedDelay': ['spec.http.fault.delay.exponentialDelay'],
    'use httpStatus': ['spec.http.fault.abort.grpcStatus', 'spec.http.fault.abort.http2Error'],
    'a retry goes to another pod if there is one': ['spec.http.retries.retryIgnorePreviousHosts'],
    'statistics have the names of clusters': ['spec.http.match.statPrefix'],
  },
  DestinationRule: {
    'every namespace sees it here': ['spec.exportTo'],
    'it is for every caller here': ['spec.workloadSelector'],
  },
  TrafficPolicy: {
    [FILES]: [
      'tls.clientCertificate',
      'tls.privateKey',
      'tls.caCertificates',
      'tls.credentialName',
      'tls.subjectAltNames',
      'tls.sni',
      'tls.insecureSkipVerify',
      'tls.caCrl',
    ],
    [ONE_PLACE]: ['loadBalancer.localityLbSetting', 'loadBalancer.zoneAwareLbSetting'],
    'use ringHash': ['loadBalancer.consistentHash.maglev'],
    'a cookie has a name, a path and a ttl here': ['loadBalancer.consistentHash.httpCookie.attributes'],
    'a new pod gets its whole share at once here': ['loadBalancer.warmup', 'loadBalancer.warmupDurationSecs'],
    'use http.idleTimeout or tcp.maxConnectionDuration': [
      'connectionPool.tcp.idleTimeout',
      'connectionPool.tcp.tcpKeepalive',
    ],
    'use h2UpgradePolicy': [
      'connectionPool.http.useClientProtocol',
      'connectionPool.http.maxConcurrentStreams',
      'connectionPool.http.http2KeepAlive',
    ],
    'use consecutive5xxErrors or consecutiveGatewayErrors': [
      'outlierDetection.consecutiveErrors',
      'outlierDetection.splitExternalLocalOriginErrors',
      'outlierDetection.consecutiveLocalOriginFailures',
      'outlierDetection.outlierDetectionHttpErrorCodes',
    ],
    'use connectionPool.http.maxRetries': ['retryBudget'],
    'hosts outside of the mesh are called directly here': ['tunnel', 'proxyProtocol'],
  },
  Gateway: {
    'a gateway serves plain HTTP here': ['spec.servers.tls'],
    'a gateway listens where the targetPort of its Service says': ['spec.servers.port.targetPort', 'spec.servers.bind'],
    'write a VirtualService': ['spec.servers.defaultEndpoint'],
    'use port.name': ['spec.servers.name'],
  },
  AuthorizationPolicy: {
    [SELECTOR]: ['spec.targetRef', 'spec.targetRefs'],
    'use principals': ['spec.rules.from.source.trustDomains', 'spec.rules.from.source.notTrustDomains'],
    'write ALLOW or DENY: no service is asked here': ['spec.provider'],
  },
  RequestAuthentication: {
    [SELECTOR]: ['spec.targetRef', 'spec.targetRefs'],
    'write the keys into jwks: no key is fetched here': ['spec.jwtRules.jwksUri'],
  },
  Telemetry: {
    [SELECTOR]: ['spec.targetRef', 'spec.targetRefs'],
    'the metrics are those of Envoy here': ['spec.metrics'],
    'use "npx tuesday logs"': ['spec.accessLogging'],
    'spans of proxies have the attributes that Envoy gives them': [
      'spec.tracing.match',
      'spec.tracing.customTags',
      'spec.tracing.enableIstioTags',
      'spec.tracing.useRequestIdForTraceSampling',
      'spec.tracing.disableContextPropagation',
    ],
  },
  MeshPolicy: {
    'write PeerAuthentications, and RequestAuthentications for a cluster': [
      'spec.targets',
      'spec.origins',
      'spec.originIsOptional',
      'spec.principalBinding',
      'spec.peers.jwt',
      'spec.peers.mtls.allowTls',
    ],
  },
};
