import { parseArgs } from 'node:util';
import { FULL, SHORT, type Size } from './size.ts';

export interface Options {
  size: Size;
  /** Names of benches; empty means all. */
  only: string[];
  seed: number;
  json: boolean;
  help: boolean;
}

/** Reads the command line. Throws an Error with one sentence about a wrong argument. */
export function readOptions(words: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const only = values.only.flatMap((value) => value.split(','));
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no bench "${unknown}"; there are ${names.join(', ')}.`);
  if (values.output !== undefined && values.output !== 'json')
    throw new Error(`-o takes "json", not "${values.output}".`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed takes a whole number, not "${values.seed}".`);
  return { size: values.short ? SHORT : FULL, only, seed, json: values.output === 'json', help: values.help };
}

export function helpText(benches: readonly { name: string; title: string }[]): string {
  const rows = benches.map(({ name, title }) => `  ${name.padEnd(14)}${title}`);
  return `npm run bench [-- OPTIONS]
Measures the shop on this machine, meshed and unmeshed in turn, and writes docs/performance.md.
The bench called cluster needs KUBECONFIG for a cluster that runs the shop. A cluster on the same machine slows down the
other benches: run this one alone with --only cluster.

  --short        at most a minute, few rounds; writes nothing
  --only NAME    one bench; may be repeated
  --seed N       the seed of the order of rounds (1)
  -o json        the numbers as JSON on standard output
  --help

${rows.join('\n')}

Close other programs first. Examples:
  npm run bench
  npm run bench -- --short
  npm run bench -- --only hop -o json
  KUBECONFIG=~/.kube/config npm run bench -- --only cluster
`;
}
