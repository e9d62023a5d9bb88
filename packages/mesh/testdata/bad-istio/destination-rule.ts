import type { Mistake } from './mistake.ts';

/** Mistakes in a DestinationRule. */
export const DESTINATION_RULE: Mistake[] = [
  [
    '  host: billing',
    '  host: 10.0.0.1',
    '@: DestinationRule spec.host must be a host name, such as recommendations or *.example.org, not "10.0.0.1".',
  ],
  ['  host: billing', '  hosts: [billing]', '@: "hosts" in DestinationRule spec is unknown. Did you mean "host"?'],
  [
    '    tls: { mode: ISTIO_MUTUAL }',
    '    tls: { mode: MUTUAL }',
    '@: DestinationRule spec.trafficPolicy.tls.mode must be DISABLE, SIMPLE or ISTIO_MUTUAL (MUTUAL, with files of its own, is not modelled locally), not "MUTUAL".',
  ],
  [
    '      tcp: { maxConnections: 10, connectTimeout: 2s, maxConnectionDuration: 1h }',
    '      tcp: { maxConnections: 1.5 }',
    '@: DestinationRule spec.trafficPolicy.connectionPool.tcp.maxConnections must be a whole number, 0 or more, not 1.5.',
  ],
  [
    '    outlierDetection: { consecutive5xxErrors: 3, consecutiveGatewayErrors: 2, interval: 1s, baseEjectionTime: 1m, maxEjectionPercent: 50, minHealthPercent: 10 }',
    '    outlierDetection: { maxEjectionPercent: 101 }',
    '@: DestinationRule spec.trafficPolicy.outlierDetection.maxEjectionPercent must be a percentage from 0 to 100, without its sign, not 101.',
  ],
  [
    '        loadBalancer: { simple: LEAST_CONN }',
    '',
    '@-1: DestinationRule spec.trafficPolicy.portLevelSettings[0] must set something for its port.',
  ],
  [
    '        loadBalancer: { simple: LEAST_CONN }',
    '        connectionPool: {}',
    '@: DestinationRule spec.trafficPolicy.portLevelSettings[0].connectionPool must have tcp or http.',
  ],
  [
    '        loadBalancer: { simple: LEAST_CONN }',
    '        loadBalancer: { simple: MAGLEV }',
    '@: DestinationRule spec.trafficPolicy.portLevelSettings[0].loadBalancer.simple must be ROUND_ROBIN, LEAST_REQUEST, LEAST_CONN or RANDOM, not "MAGLEV".',
  ],
  [
    '        loadBalancer: { simple: LEAST_CONN }',
    '        loadBalancer: { simple: PASSTHROUGH }',
    '@: DestinationRule spec.trafficPolicy.portLevelSettings[0].loadBalancer.simple must be ROUND_ROBIN, LEAST_REQUEST, LEAST_CONN or RANDOM (PASSTHROUGH leaves the choice to the cluster and is not modelled locally), not "PASSTHROUGH".',
  ],
  [
    '        loadBalancer: { simple: LEAST_CONN }',
    '        loadBalancer: {}',
    '@: DestinationRule spec.trafficPolicy.portLevelSettings[0].loadBalancer must have one of simple and consistentHash (both are not modelled locally).',
  ],
  [
    '            httpCookie: { name: user, path: /, ttl: 0s }',
    '            useSourceIp: false',
    '@: DestinationRule spec.subsets[0].trafficPolicy.loadBalancer.consistentHash.useSourceIp must be true where it is written (false is not modelled locally), not false.',
  ],
  [
    '            httpCookie: { name: user, path: /, ttl: 0s }',
    '            httpHeaderName: ""',
    '@: DestinationRule spec.subsets[0].trafficPolicy.loadBalancer.consistentHash.httpHeaderName must not be empty (an empty name is not modelled locally).',
  ],
  [
    '            httpCookie: { name: user, path: /, ttl: 0s }',
    '',
    '@-1: DestinationRule spec.subsets[0].trafficPolicy.loadBalancer.consistentHash must have one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName (none is not modelled locally).',
  ],
  [
    '            minimumRingSize: 2048',
    '            minimumRingSize: 2048\n            ringHash: {}',
    '@-2: DestinationRule spec.subsets[0].trafficPolicy.loadBalancer.consistentHash must have one of minimumRingSize and ringHash only.',
  ],
  [
    '    - name: v2\n      labels',
    '    - name: v1\n      labels',
    '@: DestinationRule spec.subsets[1].name must not be that of another entry too.',
  ],
  [
    '      labels: { version: v2 }',
    '      trafficPolicy: {}',
    '@: DestinationRule spec.subsets[1].trafficPolicy must set something.',
  ],
];
