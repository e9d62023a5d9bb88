import { commandOf } from './report.ts';

/** Words of the command line that make no sense; its message is the whole answer. */
export class UsageError extends Error {}

const PLACES = ['local', 'compose', 'kubernetes'];

/** What `--help` prints. */
export const HELP = `npm run agreement -- PLACE=REPORT PLACE=REPORT…

Holds reports of the end-to-end suite in its places (${PLACES.join(', ')}) against each other and writes
docs/agreement.md. Exit 1, and nothing written, when a test failed, or when one ran in one place and not in another and
test/support/places.mjs does not say why; exit 64 when the words make no sense.
A place may be named again: files that were run again count as the last report has them.

Examples:
  ${commandOf('local', '/tmp/local.json')}
  ${commandOf('kubernetes', '/tmp/kubernetes.json')}
  npm run agreement -- local=/tmp/local.json kubernetes=/tmp/kubernetes.json
  npm run agreement -- local=/tmp/local.json kubernetes=/tmp/kubernetes.json kubernetes=/tmp/again.json
`;

/** Places and the paths of their reports, as the words name them. Throws UsageError. */
export function readWords(words: readonly string[]): { place: string; path: string }[] {
  const named = words.map((word) => {
    const [, place = '', path = ''] = /^(\w+)=(.+)$/.exec(word) ?? [];
    if (!PLACES.includes(place))
      throw new UsageError(
        `"${word}" is no PLACE=REPORT; the places are ${PLACES.join(', ')}. Examples: npm run agreement -- --help`,
      );
    return { place, path };
  });
  if (new Set(named.map(({ place }) => place)).size < 2)
    throw new UsageError('Reports of two places at the least can agree. Examples: npm run agreement -- --help');
  return named;
}
