import type { Mutant } from '../../mutant.ts';

const service = 'packages/service/src/';

/** The guards of packages/service, and of the reads of a place. */
export const PLUMBING: Mutant[] = [
  {
    name: 'a stack trace that a user sees fails the test',
    edits: [
      { file: 'places/plain-output.ts', find: 'if (found !== undefined) throw', replace: "if (found === '') throw" },
    ],
    tests: 'places/plain-output.test.ts',
    title: 'When a command prints a stack trace, then the test that runs it fails',
  },
  {
    name: 'a long state folder has a socket all the same',
    edits: [
      {
        file: 'places/local/processes/api-socket.ts',
        find: 'const MOST_BYTES = 103;',
        replace: 'const MOST_BYTES = 1_030;',
      },
    ],
    tests: 'places/local/processes/api-socket.test.ts',
    title:
      'When it is too long for a socket, then the socket is in a folder of the user, another one for each state folder',
  },
  ...(
    [
      [
        'the bundle of the tracing does not make Node load undici',
        'bundle.mjs',
        'plugins: [requiredHttp]',
        'plugins: []',
      ],
      [
        'a service does not load all of undici',
        'src/pool.ts',
        "require('undici/lib/dispatcher/pool.js') as",
        "require('undici').Pool as",
      ],
    ] as const
  ).map(([name, file, find, replace]): Mutant => ({
    name,
    edits: [{ file: `packages/service/${file}`, find, replace }],
    tests: `${service}tracing/bundle.integration.test.ts`,
    title:
      'When a service is loaded, then fetch and WebSocket are not, neither Node’s own nor those of the package undici',
  })),
  {
    name: 'replicas migrate one after the other',
    edits: [{ file: `${service}database/migrate.ts`, find: '    await takeLock(client, signal);\n', replace: '' }],
    tests: `${service}database/database.integration.test.ts`,
    title: 'When five replicas start at once on an empty database, then its tables are made once and all are ready',
  },
  {
    name: 'a server without a free connection is tried again',
    edits: [{ file: `${service}database/availability.ts`, find: '|53|', replace: '|' }],
    tests: `${service}database/database.integration.test.ts`,
    title:
      'When the server has no connection left, then database-unavailable, and the tables are made as soon as it has one',
  },
  {
    name: 'a transaction that fails is rolled back',
    edits: [
      {
        file: `${service}database/database.ts`,
        find: "    await tx.query('rollback').catch(() => client.end());\n",
        replace: '',
      },
    ],
    tests: `${service}database/database.integration.test.ts`,
    title: 'When the work of a transaction throws, then it is rolled back and its connection is used again',
  },
  {
    name: 'a cluster waits for what is still on its way',
    edits: [{ file: 'places/cluster/place/sync.ts', find: 'states.every(isAcknowledged) &&', replace: '' }],
    tests: 'places/cluster/place/sync.integration.test.ts',
    title: 'When nothing changes, then an earlier change that a proxy has not acknowledged is waited for',
  },
  {
    name: 'a reset of a cluster keeps what the overlay adds to the base',
    edits: [{ file: 'places/cluster/place/reset.ts', find: 'if (!base.includes(name))', replace: '' }],
    tests: 'places/cluster/place/place.test.ts',
    title:
      'When a cluster is reset, then the base is applied, and what a lesson has added is deleted, but nothing of the overlay',
  },
  {
    name: 'a caller ends when its outcomes are written',
    edits: [
      { file: 'places/probe.ts', find: '(outcomes), () => process.exit());', replace: '(outcomes)); process.exit();' },
    ],
    tests: 'places/probe.integration.test.ts',
    title: 'When the outcomes are more than a pipe takes at once and are read late, then all arrive',
  },
  {
    name: 'a call carries the remaining time',
    edits: [
      {
        file: `${service}call.ts`,
        find: 'Math.min(limitMs, timeoutMs, remainingMs())',
        replace: 'Math.min(limitMs, timeoutMs)',
      },
    ],
    tests: `${service}call.test.ts`,
    title: 'When what is left of the request is the least, then that is the deadline that the callee gets',
  },
  {
    name: 'no work begins for a caller that has disconnected',
    edits: [{ file: `${service}request-context.ts`, find: ' || storage.getStore()?.gone', replace: '' }],
    tests: `${service}request-context.test.ts`,
    title: 'When the caller has closed the connection, then no work begins for it',
  },
  {
    name: 'an idle connection is closed before its callee closes it',
    edits: [{ file: `${service}call.ts`, find: ', keepAliveMaxTimeout: 1_000', replace: '' }],
    tests: `${service}call.test.ts`,
    title: 'When a connection is idle, then it is given up within seconds, though the callee would keep it for 75',
  },
  {
    name: 'the bundled tracer traces the service',
    edits: [
      {
        file: `${service}tracing/current.ts`,
        find: "Symbol.for('tuesday.tracing')",
        replace: "Symbol('tuesday.tracing')",
      },
    ],
    tests: `${service}tracing/bundle.integration.test.ts`,
    title: 'When a service is traced from its bundle, then request, call, queries and later work are one tree',
  },
  {
    name: 'a request is checked by its operation',
    edits: [
      {
        file: `${service}contract/validate.ts`,
        find: 'input[part] = check(schema, valueOf(req, part), part);',
        replace: 'input[part] = valueOf(req, part);',
      },
    ],
    tests: `${service}contract/route.test.ts`,
    title: 'When every part is wrong, then 400 idempotency-key-malformed: the first part decides',
  },
  {
    name: 'a read whose connection is cut is repeated',
    edits: [{ file: 'places/read.ts', find: 'const REPEATS = 2;', replace: 'const REPEATS = 0;' }],
    tests: 'places/read.test.ts',
    title: 'When two connections are cut before the answer, then the third read gives it',
  },
  {
    name: 'a forward that has ended is begun again',
    edits: [{ file: 'places/cluster/kubectl/forward.ts', find: 'const RESTARTS = 2;', replace: 'const RESTARTS = 0;' }],
    tests: 'places/cluster/kubectl/kubectl.integration.test.ts',
    title: 'When a forward has ended, then the next reads go through one new one',
  },
];
