import type { Mutant } from '../mutant.ts';

const postgres = 'places/local/postgres/';

/** The guards around the PostgreSQL of a shop on this machine. */
export const POSTGRES: Mutant[] = [
  {
    name: 'a server whose data have another password says so',
    edits: [
      {
        file: `${postgres}start-server.ts`,
        find: "error.code !== '28P01'",
        replace: "error.code !== ''",
      },
    ],
    tests: `${postgres}start-server.integration.test.ts`,
    title:
      'When the password has changed since the data were made, then one sentence says so at once, and no server is left',
  },
  {
    name: 'a start of PostgreSQL ends with its pod',
    edits: [{ file: `${postgres}start-server.ts`, find: 'if (signal?.aborted) return false;', replace: '' }],
    tests: `${postgres}start-server.integration.test.ts`,
    title: 'When a start is ended before the server is ready, then it ends at once and no server is left',
  },
  {
    name: 'a changed password is no crash that is tried again',
    edits: [
      {
        file: `${postgres}run-postgres.ts`,
        find: 'error instanceof UnusableData ?',
        replace: 'error instanceof RangeError ?',
      },
    ],
    tests: `${postgres}run-postgres.integration.test.ts`,
    title:
      'When the Secret of the password is edited, then the pod that starts again is not ready and says why, and the shop ends at once',
  },
  {
    name: 'data of another version of PostgreSQL are named',
    edits: [
      { file: `${postgres}start-server.ts`, find: 'if (unusable) throw', replace: 'if (unusable === said) throw' },
    ],
    tests: `${postgres}start-server.integration.test.ts`,
    title: 'When the data are of another version of PostgreSQL, then one sentence names both and the folder',
  },
  {
    name: 'root takes no programs from a folder that others can write',
    edits: [{ file: `${postgres}files.ts`, find: ' && (found.mode & 0o022) === 0', replace: '' }],
    tests: `${postgres}files.test.ts`,
    title:
      'When the name of the shared folder has a folder that others can write, then one sentence names it and nothing is put there',
  },
  {
    name: 'root follows no link to programs',
    edits: [{ file: `${postgres}files.ts`, find: 'await lstat(path)', replace: 'await stat(path)' }],
    tests: `${postgres}files.test.ts`,
    title: 'When the name of the shared folder has a link, then one sentence names it and nothing is put there',
  },
  {
    name: 'the log of PostgreSQL does not grow for ever',
    edits: [
      { file: `${postgres}start-server.ts`, find: 'openLog(options.log)', replace: 'openLog(options.log, 1e12)' },
    ],
    tests: `${postgres}start-server.integration.test.ts`,
    title: 'When the log of the server is full, then it is moved away, as the logs of the pods',
  },
  {
    name: "old copies of root's PostgreSQL are removed, and the used one is kept",
    edits: [{ file: `${postgres}files.ts`, find: 'await utimes(used, now, now).catch(() => undefined);', replace: '' }],
    tests: `${postgres}files.test.ts`,
    title: 'When a copy of an old version was not used for 30 days, then it is removed; the used one and all data stay',
  },
];
