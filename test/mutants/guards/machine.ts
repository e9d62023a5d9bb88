import type { Mutant } from '../mutant.ts';

const AS_IT_IS =
  'When a shop runs from the clone, then no set-up changes its packages: one sentence says so, and a command that asks the shop runs as it is';

const UNUSED =
  'When a thing of the cache was not used for 30 days, then the next fetch removes it, and one that was used stays';

/** The guards against what the machine does to the shop. */
export const MACHINE: Mutant[] = [
  {
    name: 'a closed terminal ends the shop gracefully',
    edits: [{ file: 'cli/lost-output.ts', find: "process.listenerCount('SIGHUP') === 0", replace: "code !== ''" }],
    tests: 'cli/up/closed-terminal.integration.test.ts',
    title:
      'When the terminal of the shop closes, then PostgreSQL shuts down as after Ctrl-C, nothing is left, and the exit code is 129',
  },
  {
    name: 'a closed terminal is noticed many times and is no second Ctrl-C',
    edits: [{ file: 'cli/up/signals.ts', find: "(signal === 'SIGHUP' || ", replace: '(' }],
    tests: 'cli/up/signals.test.ts',
    title: 'When the terminal closes, then the stop stays graceful, however often its end is noticed',
  },
  {
    name: 'a set-up leaves the packages of a running shop alone',
    edits: [{ file: 'setup/ready.mjs', find: 'if (running) throw new SetupError(usedBy(running));', replace: '' }],
    tests: 'setup/processes/shops.test.mjs',
    title: AS_IT_IS,
  },
  {
    name: 'a command that asks the shop sets nothing up',
    edits: [
      { file: 'setup/ready.mjs', find: 'isComplete() || Boolean(options.asIs && shop())', replace: 'isComplete()' },
      { file: 'setup/ready.mjs', find: 'if (options.asIs && shop()) return;', replace: '' },
    ],
    tests: 'setup/processes/shops.test.mjs',
    title: AS_IT_IS,
  },
  {
    name: 'a shop waits for the set-up of its clone',
    edits: [
      {
        file: 'setup/processes/shops.mjs',
        find: 'withLock(setupLock(clone), note, { onWait })',
        replace: 'note()',
      },
    ],
    tests: 'setup/processes/shops.test.mjs',
    title: 'When a shop starts while a set-up runs, then it waits for its end',
  },
  {
    name: 'a killed shop does not stop a set-up',
    edits: [{ file: 'setup/processes/shops.mjs', find: 'if (isRunning(identity))', replace: "if (identity !== '')" }],
    tests: 'setup/processes/shops.test.mjs',
    title: 'When a shop was killed, then its note counts no more',
  },
  {
    name: 'a state folder is known as that of a shop',
    edits: [{ file: 'places/local/processes/state-lock.ts', find: '  notes.get(state)?.();\n', replace: '' }],
    tests: 'places/local/processes/state-lock.test.ts',
    title: 'When a folder is locked, then set-ups of this clone know of its shop until it is free again',
  },
  {
    name: 'a process with the id of a dead one is another process',
    edits: [
      {
        file: 'setup/processes/identity.mjs',
        find: 'identityOf(pidOf(identity)) === identity',
        replace: 'identityOf(pidOf(identity)) !== undefined',
      },
    ],
    tests: 'setup/lock.integration.test.mjs',
    title: 'When the lock is held by a process whose id another one has by now, then it is removed and the work runs',
  },
  {
    name: 'a shop leaves no folder of sockets in /tmp',
    edits: [{ file: 'places/local/processes/state-lock.ts', find: '  removeShortFolder(state);\n', replace: '' }],
    tests: 'places/local/processes/state-lock.test.ts',
    title: 'When the path of a state folder is long, then the folder of its socket in /tmp ends with its runner',
  },
  {
    name: 'a file of the shop that cannot be written is named',
    edits: [{ file: 'cli/up/start.ts', find: 'reason === undefined || path', replace: 'reason !== undefined || path' }],
    tests: 'cli/up/start.test.ts',
    title: 'When the system answers EACCES for a file of the shop, then one sentence names it and the way out',
  },
  {
    name: 'optional packages are installed whatever npm is set to',
    edits: [{ file: 'setup/packages.mjs', find: ", '--include=optional'", replace: '' }],
    tests: 'setup/npm.integration.test.mjs',
    title:
      'When the settings of npm are {"npm_config_omit":"optional"}, then the packages for this platform are installed all the same',
  },
  {
    name: 'a new wait needs a deadline in the table',
    edits: [
      {
        file: 'places/free-port.ts',
        find: '  return port;',
        replace: '  await new Promise(() => undefined);\n  return port;',
      },
    ],
    tests: 'test/lint/waits.test.ts',
    title:
      'When a file of places waits, then docs/waits.md has the same number of waits for it, each with its deadline',
  },
  {
    name: 'a program that does not end is killed',
    edits: [{ file: 'places/program.ts', find: 'if (isLate)', replace: 'if (limitMs < 0)' }],
    tests: 'places/program.integration.test.ts',
    title: 'When a program does not end, then it is killed after its limit, and one sentence names it',
  },
  {
    name: 'a server that says nothing ends a query',
    edits: [{ file: 'places/query.ts', find: 'connectionTimeoutMillis: timeoutMs, ', replace: '' }],
    tests: 'places/query.test.ts',
    title: 'When a server accepts the connection and says nothing, then the query fails after its limit',
  },
  {
    name: 'a frozen shop ends a question',
    edits: [{ file: 'cli/shop/api.ts', find: "error.message.startsWith('no answer within')", replace: 'false' }],
    tests: 'cli/shop/api.test.ts',
    title: 'When the runner is frozen, then a question ends with one sentence that says what to do',
  },
  {
    name: 'old versions leave the cache',
    edits: [{ file: 'setup/cache.mjs', find: '  await removeUnused(cache);\n', replace: '' }],
    tests: 'setup/cache.integration.test.mjs',
    title: UNUSED,
  },
  {
    name: 'a version that a clone uses stays in the cache',
    edits: [{ file: 'setup/cache.mjs', find: 'utimesSync(folder, new Date(), new Date())', replace: 'folder' }],
    tests: 'setup/cache.integration.test.mjs',
    title: UNUSED,
  },
  {
    name: 'a start notes what it uses of the cache',
    edits: [{ file: 'setup/ready.mjs', find: 'noteUse(cache, file);', replace: 'void file;' }],
    tests: 'setup/ready.test.mjs',
    title:
      'When npm start has a mesh, then Envoy is downloaded once and ENVOY_PATH is set; without a mesh neither happens',
  },
];
