/** Takes from the cache what an interrupted set-up has downloaded; tries again soon; prints each attempt, because npm 10 may end without a word of what went wrong. */
const OPTIONS = [
  '--prefer-offline',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=4000',
  '--loglevel=http',
];

/** Where a proxy asks for a password, npm 10 and later do not end: they try for ever, with a whole processor. */
const ASKS_FOR_PASSWORD = /^npm http fetch GET 407 /m;

/**
 * Runs npm, which uses the user's registry, proxy and certificates.
 * @param {string[]} args
 * @param {{ run: import('./processes/command.mjs').Run, cwd: string, env: NodeJS.ProcessEnv }} options
 */
export const npm = (args, { run, cwd, env }) =>
  run('npm', [...args, ...OPTIONS], { cwd, env, endOn: ASKS_FOR_PASSWORD });
