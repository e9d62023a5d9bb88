import type { Stop } from '../shop/trail.ts';
import { TrailStop } from './TrailStop.tsx';

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
