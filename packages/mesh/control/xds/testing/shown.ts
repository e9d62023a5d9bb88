import type { DiscoveryRequest, DiscoveryResponse } from '../discovery.ts';
import type { Wanted } from '../resources.ts';

/** A request in one line. */
export const shownRequest = ({ type, subscribe, unsubscribe, present, nonce, refusal }: DiscoveryRequest) =>
  [type, nonce && `answers ${nonce}`, refusal && `no: ${refusal}`, ...subscribe.map((name) => `+${name}`)]
    .concat(unsubscribe.map((name) => `-${name}`))
    .concat(present.length > 0 ? [`has ${present.join()}`] : [])
    .filter(Boolean)
    .join(' ');

/** A response in one line. */
export const shownResponse = ({ type, nonce, resources, removed }: DiscoveryResponse) =>
  `${type} ${nonce}: ${resources.map(({ name, version }) => `${name}@${version}`).join(' ')} ${removed.map((name) => `-${name}`).join(' ')}`;

/** All resources of a push in one line. */
export const shownWanted = (wanted: Wanted) =>
  Object.entries(wanted)
    .map(
      ([type, all]) =>
        `${type} ${[...all.values()].map(({ name, version, fault }) => `${name}@${version}${fault ?? ''}`).join(' ')}`,
    )
    .join('; ');
