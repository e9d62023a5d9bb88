import { ANNOTATIONS, LABELS } from '@tuesday/mesh/manifests';
import { type FieldRow, fieldRows } from './table.ts';

const TITLES: Readonly<Record<string, string>> = {
  Object: 'Every object',
  Pod: 'Pods (`spec.template` of a Deployment or StatefulSet)',
  TrafficPolicy:
    'Traffic policies (`spec.trafficPolicy` of a DestinationRule, of its subsets, and of `portLevelSettings`)',
};
const ORDER = ['modelled', 'warned', 'no effect', 'refused'];

const HEAD = `# Fields, labels and annotations

What \`npm start\` and \`npx tuesday apply\` do with every field of the kinds that they read, in Istio and Kubernetes as pinned by
\`test/conformance/recorder\`. This page is written by \`npm run docs:fields\`; a field without a row fails the tests.

- **modelled**: it means here what it means in a cluster. Where Istio's generator reads the field, a case of \`test/conformance/fields\` compares the
  configuration of all proxies with Istio's. \`not X\`: this value is refused.
- **warned**: it is taken, and a warning says what a cluster would do.
- **no effect**: it is taken, and steers no traffic, for the reason that is given.
- **refused**: a file with it is not taken; the sentence names file, line, and what to do instead.

\`**\` stands for everything under a field. Lists and the keys of maps are left out: \`spec.http.match.headers.*\` is any header.
`;

/** The text of docs/fields.md, before it is formatted. Throws an Error that names the fields without a row. */
export function fieldsDocument(): string {
  const { rows, faults } = fieldRows();
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const tables = [...new Set(rows.map(({ table }) => table))].toSorted(
    (a, b) => Number(b in TITLES) - Number(a in TITLES) || a.localeCompare(b),
  );
  const parts = tables.map((table) => {
    const own = rows.filter((row) => row.table === table);
    const lines = own.map(({ path, treatment, what }) => `| \`${path}\` | ${treatment} | ${what} |`);
    return `## ${TITLES[table] ?? table}\n\n${countsOf(own)}\n\n| field | | |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  const names = [...LABELS, ...ANNOTATIONS]
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, as, on, treatment, what }) => `| \`${name}\` | ${as} | ${on.join(', ')} | ${treatment} | ${what} |`);
  const head = '| name | | on | | |\n| --- | --- | --- | --- | --- |';
  return [HEAD, ...parts, `## Labels and annotations\n\n${head}\n${names.join('\n')}\n`].join('\n');
}

/** `169 modelled, 4 warned`. */
function countsOf(rows: readonly FieldRow[]): string {
  return ORDER.flatMap((treatment) => {
    const count = rows.filter((row) => row.treatment === treatment).length;
    return count === 0 ? [] : [`${count} ${treatment}`];
  }).join(', ');
}
