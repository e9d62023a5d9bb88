import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { NotRunning } from '../shop/api.ts';

/** Longest time for pods to end: more than `terminationGracePeriodSeconds`. */
const TIMEOUT_MS = 45_000;

/** `down`: stops the running shop, from any terminal. */
export function downCommand(cli: Cli): Command {
  const command = new Command('down')
    .summary('stop the running shop')
    .description('Stops the shop that runs in another terminal, and returns when it has ended.')
    .action(() => down(cli));
  return withExamples(command, [
    ['npx tuesday down', 'stop everything; orders stay in the database', 'run by test/e2e/lifecycle.test.ts'],
  ]);
}

async function down(cli: Cli): Promise<void> {
  await cli.api.post('/down', undefined, TIMEOUT_MS);
  const until = cli.now() + TIMEOUT_MS;
  while (await answers(cli)) {
    if (cli.now() > until) throw new Failure(`error: the shop has not ended within ${TIMEOUT_MS / 1000} s`);
    await cli.sleep(50);
  }
  cli.out('The shop has stopped. Start it with: npm start\n');
}

async function answers(cli: Cli): Promise<boolean> {
  try {
    await cli.api.find('/status');
    return true;
  } catch (error) {
    if (error instanceof NotRunning) return false;
    throw error;
  }
}
