import { duration } from '../shop/format.ts';
import type { Stop } from '../shop/trail.ts';
import { Peer } from './Peer.tsx';

/** The path of one request as a trail on a map: from the browser downwards, a branch for each service that was asked. */
export function Trail({ start }: { start: Stop }) {
  return (
    <ol class="trail" aria-label="The way of this purchase">
      <li>
        <p class="stop">
          <span class="name">browser</span> <span class="quiet">you</span>
        </p>
        <ol>
          <TrailStop stop={start} />
        </ol>
      </li>
    </ol>
  );
}

/** One stop, with the stops after it inside: the list nests as the calls did. */
function TrailStop({ stop }: { stop: Stop }) {
  return (
    <li>
      <p class="stop" data-service={stop.service} data-version={stop.version}>
        <span class="name">{stop.service}</span> {stop.version && <span class="version">{stop.version}</span>}{' '}
        {stop.ms !== undefined && <span class="ms">{duration(stop.ms)}</span>}
        {stop.pod && <code class="pod">{stop.pod}</code>}
        {stop.peer !== undefined && <Peer peer={stop.peer} />}
      </p>
      {stop.next.length > 0 && (
        <ol>
          {stop.next.map((next, index) => (
            <TrailStop key={`${next.pod} ${index}`} stop={next} />
          ))}
        </ol>
      )}
    </li>
  );
}
