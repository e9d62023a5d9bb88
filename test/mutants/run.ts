import { fileURLToPath } from 'node:url';
import { startGuard } from '../../places/local/processes/guard.ts';
import { copyTree } from './copy.ts';
import { createJudge } from './judge.ts';
import { startSharedPostgres } from './postgres.ts';
import { MUTANTS } from './table.ts';
import { judgeAll } from './workers.ts';

/** Copies of the tree, each with a jest of its own: one alone leaves more than half of two cores idle. */
const WORKERS = 2;

/**
 * npm run test:mutants [-- WORD…]: removes each guard in turn and demands that its test fails. With words, only the
 * mutants whose name contains one of them. Exit 1 if any mutant survives or none was tried.
 */
const words = process.argv.slice(2);
const chosen = MUTANTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const root = fileURLToPath(new URL('../..', import.meta.url));
let noticed = 0;
{
  const guard = startGuard();
  await using server = await startSharedPostgres(guard);
  process.env['TEST_POSTGRES_URL'] = server.url;
  using copies = new DisposableStack();
  copies.defer(() => guard.stop());
  const files = new Set(chosen.map(({ tests }) => tests)).size;
  const judges = Array.from({ length: Math.min(WORKERS, files) }, () =>
    createJudge(copies.use(copyTree(root)), chosen),
  );
  await judgeAll(chosen, judges, (mutant, { noticed: seen, why }, seconds) => {
    if (seen) noticed += 1;
    console.log(`  ${seen ? 'noticed ' : 'SURVIVED'}  ${mutant.name.padEnd(60)} ${seconds.toFixed(1).padStart(6)} s`);
    if (!seen) console.log(`    ${mutant.tests}, "${mutant.title}": ${why}`);
  });
}
const survived = chosen.length - noticed;
if (chosen.length === 0) console.log('  No mutant was tried.');
console.log(`${noticed} noticed, ${survived} survived`);
process.exitCode = survived === 0 && noticed > 0 ? 0 : 1;
