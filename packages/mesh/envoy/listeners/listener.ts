import { socketAddress, type Address } from '../placement.ts';
import type { Named, Place } from '../types.ts';

interface Listener {
  place: Place;
  name: string;
  address: Address;
  filter_chains: object[];
  listener_filters?: object[];
}

// Whoever connects and says nothing is waited for: some protocols let the callee speak first.
const PATIENT = { listener_filters_timeout: '0s', continue_on_listener_filters_timeout: true };

// Where many may connect at once: one at a time, so that a burst does not hold up the rest.
const ONE_BY_ONE = { max_connections_to_accept_per_socket_event: 1 };

const PLACES: Record<Place, object> = {
  outbound: { ...PATIENT, traffic_direction: 'OUTBOUND' },
  inbound: { ...PATIENT, traffic_direction: 'INBOUND', ...ONE_BY_ONE },
  gateway: { traffic_direction: 'OUTBOUND', ...ONE_BY_ONE },
};

/**
 * What all listeners have in common. `enable_reuse_port: false`, or a second Envoy would take the same port and half of
 * the connections, silently.
 */
export function listener({ place, name, address, filter_chains, listener_filters = [] }: Listener): Named {
  return {
    '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
    name,
    address: socketAddress(address),
    filter_chains,
    ...(listener_filters.length > 0 && { listener_filters }),
    ...PLACES[place],
    enable_reuse_port: false,
  };
}
