import { commandOf } from './report.ts';

/** Wrong arguments of the command line; the message is printed alone. */
export class UsageError extends Error {}

const PLACES = ['local', 'compose', 'kubernetes'];

/** What `--help` prints. */
export const HELP = `npm run agreement -- PLACE=REPORT PLACE=REPORT…

Compares reports of the end-to-end suite from its places (${PLACES.join(', ')}) and writes
docs/agreement.md. Writes nothing and exits 1 when a test failed, or when one ran in one place and not in another and
test/support/places.mjs does not say why; exits 64 when the arguments are wrong.
A place may be named again: for files that were run again the last report counts.

Examples:
  ${commandOf('local', '/tmp/local.json')}
  ${commandOf('kubernetes', '/tmp/kubernetes.json')}
  npm run agreement -- local=/tmp/local.json kubernetes=/tmp/kubernetes.json
  npm run agreement -- local=/tmp/local.json kubernetes=/tmp/kubernetes.json kubernetes=/tmp/again.json
`;

/** Places and the paths of their reports, from the arguments. Throws UsageError. */
export function readWords(words: readonly string[]): { place: string; path: string }[] {
  const named = words.map((word) => {
    const [, place = '', path = ''] = /^(\w+)=(.+)$/.exec(word) ?? [];
    if (!PLACES.includes(place))
      throw new UsageError(
        `"${word}" is not PLACE=REPORT; the places are ${PLACES.join(', ')}. Examples: npm run agreement -- --help`,
      );
    return { place, path };
  });
  if (new Set(named.map(({ place }) => place)).size < 2)
    throw new UsageError('Reports of at least two places are needed. Examples: npm run agreement -- --help');
  return named;
}
