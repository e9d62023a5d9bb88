import { describe, expect, test } from '@jest/globals';
import { closestKind, printedChange, printedName, resolveKind } from './names.ts';

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
  ])('When the word is %s, then the kind is %s', (word, kind) => {
    expect(resolveKind(word)).toBe(kind);
  });

  test('When the word is unknown, then the most similar known word is suggested', () => {
    expect(resolveKind('deplyoment')).toBeUndefined();
    expect(closestKind('deplyoment')).toBe('deployment');
    expect(closestKind('zzzzzz')).toBeUndefined();
  });

  test('When objects are printed, then the text is the same as kubectl’s', () => {
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
