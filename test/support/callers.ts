import type { Caller } from './shop.ts';

/** The shop's namespace, and one that nobody labelled for injection. */
export const [SHOP, OUTSIDE] = ['shop', 'outside-the-mesh'];

/** Where a caller's pod is put, and as whom it runs. */
export interface Place {
  name: string;
  namespace: string;
  account: string;
  labels: Record<string, string>;
}

export function placeOf(caller: Caller): Place {
  if (caller === 'uninjected namespace')
    return { name: 'caller-outside', namespace: OUTSIDE, account: 'default', labels: {} };
  if (caller === 'pod without sidecar') {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    return { name: 'caller-plain', namespace: SHOP, account: 'checkout', labels };
  }
  const { account } = caller;
  return { name: `caller-${account}`, namespace: SHOP, account, labels: {} };
}

/** The namespaces of places that nobody else makes. */
export function newNamespaces(places: readonly Place[]): object[] {
  const isNeeded = places.some(({ namespace }) => namespace === OUTSIDE);
  return isNeeded ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: OUTSIDE } }] : [];
}

/** A pod that does nothing, from an image of the shop: what is asked in it comes from its identity. */
export const IDLE = {
  image: 'tuesday.local/storefront:dev',
  command: ['node', '-e', 'setInterval(() => undefined, 1e6)'],
};
