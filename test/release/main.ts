import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../places/repository.ts';
import { described, thisMachine } from '../bench/machine.ts';
import { interruption } from '../support/run-to-end.ts';
import { documentOf } from './document.ts';
import type { Result } from './part.ts';
import { partsOf } from './parts.ts';
import { runParts } from './release.ts';
import { summaryOf } from './summary.ts';

const DOCUMENT = join(ROOT, 'docs/release-check.md');

const HELP = `npm run release:check [-- PART…]
Runs everything in full size, one part after the other, also after one that fails. The end names each part that failed or was
not run, and why; docs/release-check.md gets how long each took. Exit 1 if a part failed, or none ran.

Parts: ${partsOf(process.env)
  .map(({ name }) => name)
  .join(', ')}
With KUBECONFIG the cluster is that one; with RECORDER=PATH the recorder of test/conformance is not built again.

Examples:
  npm run release:check
  npm run release:check -- mutants bench
  KUBECONFIG=~/.kube/config npm run release:check -- kubernetes
`;

/** npm run release:check: see `--help`. Returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    console.info(HELP);
    return 0;
  }
  const { env } = process;
  const parts = partsOf(env);
  const names = parts.map(({ name }) => name);
  const unknown = words.find((word) => !names.includes(word));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${names.join(', ')}.`);
  const machine = described(thisMachine());
  const signal = interruption();
  const isChosen = (name: string) => words.length === 0 || words.includes(name);
  const results = await runParts(parts, { env, signal, isChosen });
  const { text, code } = summaryOf(results);
  console.info(`\n${text}`);
  if (signal.aborted) return 130;
  await updateDocument(results, machine);
  return code;
}

async function updateDocument(results: readonly Result[], machine: string): Promise<void> {
  const before = await readFile(DOCUMENT, 'utf8').catch(() => '');
  const day = new Date().toISOString().slice(0, 10);
  const options = await resolveConfig(DOCUMENT);
  await writeFile(
    DOCUMENT,
    await format(documentOf(results, { day, machine }, before), { ...options, parser: 'markdown' }),
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
