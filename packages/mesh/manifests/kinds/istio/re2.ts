/** Istio's own limit (pkg/config/validation, validateStringRegexp): Envoy's bootstrap lets every program below it pass. */
const LONGEST = 1024;

/** What RE2 leaves out of Perl's expressions, because it cannot be matched in linear time. */
const NOT_IN_RE2 = /\(\?<?[=!]|\\[1-9]|\(\?>/;

/**
 * What is wrong about a regular expression for Envoy (RE2, github.com/google/re2/wiki/Syntax), as the end of a
 * sentence; undefined if nothing is seen. Its brackets and repetitions are judged by JavaScript's reading of it: the
 * rare slip that only RE2 notices comes back from Envoy.
 */
export function re2Fault(pattern: string): string | undefined {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > LONGEST) return `must be at most ${LONGEST} characters long`;
  const bare = pattern.replaceAll(/\\\\/g, '');
  if (NOT_IN_RE2.test(bare)) return 'must do without look-around and back-references, which RE2 does not have';
  try {
    RegExp(pattern.replaceAll(/\(\?[imsU-]+(:|\))/g, (_, end) => (end === ':' ? '(?:' : '')).replaceAll('(?P<', '(?<'));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').at(-1) : String(error);
    return `must be a regular expression (${reason})`;
  }
}
