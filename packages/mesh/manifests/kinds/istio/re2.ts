/** Istio's limit (pkg/config/validation, validateStringRegexp). Envoy's own limit is higher: see RUNTIME in envoy/bootstrap.ts. */
const MAX_LENGTH = 1024;

/** Look-around, back-references and atomic groups: RE2 does not have them. */
const NOT_IN_RE2 = /\(\?<?[=!]|\\[1-9]|\(\?>/;

/**
 * The end of a sentence about what is wrong in a regular expression for Envoy (RE2, github.com/google/re2/wiki/Syntax);
 * undefined if no error is found. JavaScript's parser checks brackets and repetitions. The few errors that only RE2
 * finds are reported by Envoy.
 */
export function re2Error(pattern: string): string | undefined {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters long`;
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
