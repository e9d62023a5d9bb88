import { createRequire } from 'node:module';

/** Istio's limit (pkg/config/validation, validateStringRegexp). Envoy's own limit is higher: see RUNTIME in envoy/bootstrap.ts. */
const MAX_LENGTH = 1024;

const require = createRequire(import.meta.url);

/**
 * The end of a sentence about what is wrong in a regular expression for Envoy (RE2, github.com/google/re2/wiki/Syntax);
 * undefined if nothing is. RE2 itself decides, in its port to JavaScript, which is loaded at the first expression.
 */
export function re2Error(pattern: string): string | undefined {
  if (pattern === '') return 'must not be empty';
  if (pattern.length > MAX_LENGTH) return `must be at most ${MAX_LENGTH} characters long`;
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return `must be a regular expression that RE2 can read (${(error as Error).message})`;
  }
}
