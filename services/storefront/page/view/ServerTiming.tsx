import { duration } from '../shop/format.ts';
import { timings } from '../shop/trail.ts';

/** The Server-Timing header of an answer, as browser tools show it too. */
export function ServerTiming({ header }: { header: string }) {
  const entries = timings(header);
  if (entries.length === 0) return null;
  return (
    <div class="timing">
      <h4>Server-Timing</h4>
      <ul>
        {entries.map(({ name, ms, description }, index) => (
          <li key={`${name} ${index}`}>
            <span class="quiet">{description || name}</span> <span class="ms">{duration(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
