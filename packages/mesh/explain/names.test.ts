import { describe, expect, test } from '@jest/globals';
import { nearestKind, printedChange, printedName, resolveKind } from './names.ts';

describe('the names of kinds', () => {
  test.each([
    ['deploy', 'Deployment'],
    ['Deployment', 'Deployment'],
    ['deployments.apps', 'Deployment'],
    ['deployments.v1.apps', 'Deployment'],
    ['sts', 'StatefulSet'],
    ['svc', 'Service'],
    ['po', 'Pod'],
    ['ep', 'Endpoints'],
    ['cm', 'ConfigMap'],
    ['ns', 'Namespace'],
    ['sa', 'ServiceAccount'],
    ['vs', 'VirtualService'],
    ['virtualservices.networking.istio.io', 'VirtualService'],
    ['virtualservices.v1beta1.networking.istio.io', 'VirtualService'],
    ['dr', 'DestinationRule'],
    ['gw', 'Gateway'],
    ['ap', 'AuthorizationPolicy'],
    ['pa', 'PeerAuthentication'],
    ['telemetry', 'Telemetry'],
  ])('When somebody says %s, then it means %s', (word, kind) => {
    expect(resolveKind(word)).toBe(kind);
  });

  test('When nobody knows the word, then the nearest known one is offered', () => {
    expect(resolveKind('deplyoment')).toBeUndefined();
    expect(nearestKind('deplyoment')).toBe('deployment');
    expect(nearestKind('zzzzzz')).toBeUndefined();
  });

  test('When objects are printed, then kubectl would print the same', () => {
    expect(printedName({ kind: 'Service', namespace: 'shop', name: 'checkout' })).toBe('service/checkout');
    expect(printedName({ kind: 'Deployment', namespace: 'shop', name: 'checkout-v1' })).toBe(
      'deployment.apps/checkout-v1',
    );
    const ref = { kind: 'VirtualService', namespace: 'shop', name: 'recommendations' };
    expect(printedChange({ ref, change: 'configured' })).toBe(
      'virtualservice.networking.istio.io/recommendations configured',
    );
    expect(printedChange({ ref, change: 'deleted' })).toBe(
      'virtualservice.networking.istio.io "recommendations" deleted',
    );
  });
});
