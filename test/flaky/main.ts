import { interruption } from '../support/run-to-end.ts';
import { runFlaky } from './flaky.ts';
import { HELP, readOptions } from './options.ts';

/** npm run test:flaky: see `--help`. */
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.info(HELP);
  else process.exitCode = await runFlaky(options, { signal: interruption() });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
