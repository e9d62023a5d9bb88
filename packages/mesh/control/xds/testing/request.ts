import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import { payloadOf } from './resource.ts';

/** A request that says nothing but this. */
export const request = (contents: Partial<DiscoveryRequest>): DiscoveryRequest => ({
  node: '',
  type: undefined,
  subscribe: [],
  unsubscribe: [],
  present: [],
  nonce: '',
  refusal: undefined,
  ...contents,
});

/** A response as `clusters a b1 -c`: names, with their note where it is not 0, and what is removed. */
export function brief({ type, resources, removed }: DiscoveryResponse): string {
  const names = resources.map((one) => `${one.name}${payloadOf(one).note || ''}`);
  return [type, ...names, ...removed.map((name) => `-${name}`)].join(' ');
}
