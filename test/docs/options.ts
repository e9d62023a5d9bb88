import { parseArgs } from 'node:util';

export interface Options {
  /** Only documents whose path holds one of these words; empty means all. */
  words: string[];
  /** Print the table and run nothing. */
  list: boolean;
  json: boolean;
  help: boolean;
}

/** Reads the command line. Throws an Error with one sentence about a wrong argument. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.output !== undefined && values.output !== 'json')
    throw new Error(`-o takes "json", not "${values.output}".`);
  return { words: positionals, list: values.list, json: values.output === 'json', help: values.help };
}

export const HELP = `npm run docs:check [-- WORD… OPTIONS]
Runs every sh block of the documents, the Back line of every lesson (istio/) and every example of --help, and prints a line
for each: where it ran and for how long, or why it did not. Exit 1 if one fails, or has neither a place nor a reason.
PLACE=local (the default) starts a shop on this machine; PLACE=kubernetes uses the one on the cluster of KUBECONFIG.

  WORD       only documents whose path holds the word; may be repeated
  --list     print the lines and run nothing
  -o json    the lines as JSON on standard output
  --help

Examples:
  npm run docs:check
  npm run docs:check -- README
  npm run docs:check -- --list
  npm run docs:check -- istio/canary "npx tuesday trace" -o json
  PLACE=kubernetes npm run docs:check
`;
