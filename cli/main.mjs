/**
 * The command line, under a Node that reads TypeScript. This file is JavaScript, so that nothing is compiled before the
 * compile cache is on.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { createCli } = await import('./cli.ts');
const { handleLostOutput } = await import('./lost-output.ts');
const { run } = await import('./program.ts');

/** Loaded late, because the runner is most of the code and only `up` needs it. @type {import('./up/start.ts').StartShop} */
const start = async (...how) => (await import('./up/start.ts')).startShop(...how);

handleLostOutput(process);
process.exitCode = await run(createCli(process), start, process.argv.slice(2));
