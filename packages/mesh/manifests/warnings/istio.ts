import { selectsAll } from '../labels.ts';
import { hasPrivateKey } from '../kinds/istio/security/jwks.ts';
import { asKind } from '../kinds/typed.ts';
import type { Resource } from '../resource.ts';
import { warning, type Warning } from './warning.ts';

/**
 * What Istio's webhook warns of in one object: settings that mean more, or less, than they say.
 * Source: istio/istio, pkg/config/validation/validation.go.
 */
export function istioWarnings(resource: Resource): Warning[] {
  switch (resource.kind) {
    case 'AuthorizationPolicy':
      return emptySelector(resource, asKind(resource, 'AuthorizationPolicy').spec.selector);
    case 'PeerAuthentication':
      return emptySelector(resource, asKind(resource, 'PeerAuthentication').spec.selector);
    case 'RequestAuthentication':
      return ofRequestAuthentication(resource);
    case 'Telemetry':
      return ofTelemetry(resource);
    case 'VirtualService':
      return ofVirtualService(resource);
    case 'DestinationRule':
      return oldRingSize(resource);
    default:
      return [];
  }
}

function emptySelector(resource: Resource, selector: { matchLabels: Record<string, string> } | undefined): Warning[] {
  if (selector === undefined || !selectsAll(selector.matchLabels)) return [];
  return [
    warning(resource, ['spec', 'selector'], 'has a selector without labels, which selects every pod of its namespace'),
  ];
}

function ofRequestAuthentication(resource: Resource): Warning[] {
  const { selector, jwtRules } = asKind(resource, 'RequestAuthentication').spec;
  return [
    ...emptySelector(resource, selector),
    ...jwtRules.flatMap(({ jwks }, index) =>
      hasPrivateKey(jwks)
        ? [
            warning(
              resource,
              ['spec', 'jwtRules', index, 'jwks'],
              'holds a private key, and everybody who reads it can sign',
            ),
          ]
        : [],
    ),
  ];
}

function ofTelemetry(resource: Resource): Warning[] {
  const { selector, tracing } = asKind(resource, 'Telemetry').spec;
  const only = (path: (string | number)[], what: string) =>
    warning(resource, path, `has several ${what}, of which only the first counts`);
  return [
    ...emptySelector(resource, selector),
    ...(tracing.length > 1 ? [only(['spec', 'tracing', 1], 'entries of tracing')] : []),
    ...tracing.flatMap(({ providers }, index) =>
      providers.length > 1 ? [only(['spec', 'tracing', index, 'providers', 1], 'providers')] : [],
    ),
  ];
}

/** Above this many bytes of answers Istio warns; above ten times as many it refuses. */
const LARGE = 100 * 1024;

function ofVirtualService(resource: Resource): Warning[] {
  const { http, gateways } = asKind(resource, 'VirtualService').spec;
  const large = http.findIndex(({ directResponse }) => Buffer.byteLength(directResponse?.body?.string ?? '') > LARGE);
  const dotted = gateways.findIndex((name) => name.includes('.') && !name.includes('/'));
  const [name = '', namespace = ''] = gateways[dotted]?.split('.') ?? [];
  return [
    ...(large < 0
      ? []
      : [
          warning(
            resource,
            ['spec', 'http', large, 'directResponse'],
            `answers with more than ${LARGE} bytes, which each proxy keeps`,
          ),
        ]),
    ...(dotted < 0
      ? []
      : [
          warning(
            resource,
            ['spec', 'gateways', dotted],
            `names a Gateway as before Istio 1.1: write ${namespace}/${name}`,
          ),
        ]),
  ];
}

function oldRingSize(resource: Resource): Warning[] {
  const { trafficPolicy, subsets } = asKind(resource, 'DestinationRule').spec;
  const places = [
    { path: ['spec', 'trafficPolicy'], policy: trafficPolicy },
    ...subsets.map((subset, index) => ({
      path: ['spec', 'subsets', index, 'trafficPolicy'],
      policy: subset.trafficPolicy,
    })),
  ];
  const all = places.flatMap(({ path, policy }) => [
    { path, settings: policy },
    ...(policy?.portLevelSettings ?? []).map((settings, index) => ({
      path: [...path, 'portLevelSettings', index],
      settings,
    })),
  ]);
  return all.flatMap(({ path, settings }) =>
    settings?.loadBalancer?.consistentHash?.minimumRingSize === undefined
      ? []
      : [
          warning(
            resource,
            [...path, 'loadBalancer', 'consistentHash', 'minimumRingSize'],
            'has the older name of ringHash.minimumRingSize',
          ),
        ],
  );
}
