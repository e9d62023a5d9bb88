import type { Tally } from '../shop/trail.ts';

/** Which versions have answered since the page was opened: a canary shows here as shares. */
export function TallyTable({ tally }: { tally: Tally }) {
  const rows = Object.entries(tally).sort(([one], [other]) => one.localeCompare(other));
  if (rows.length === 0) return null;
  return (
    <section class="panel tally">
      <table>
        <caption>Versions seen</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Answers</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, times]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{times}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
