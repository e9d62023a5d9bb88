import { enableCompileCache } from 'node:module';

// Before the commands are loaded, so that their compiled code is kept: it halves the time of a command.
enableCompileCache();
const { createCli } = await import('./cli.ts');
const { run } = await import('./program.ts');
const { startShop } = await import('./up/start.ts');

// `get pods | head` closes the pipe early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await run(createCli(process), startShop, process.argv.slice(2));
