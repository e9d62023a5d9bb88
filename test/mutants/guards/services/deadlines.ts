import type { Mutant } from '../../mutant.ts';

const service = 'packages/service/src/';

/** A guard of packages/service against waiting without an end and answers that mislead, with the test that notices. */
const deadline = (
  name: string,
  [file, find, replace]: [string, string, string],
  [tests, title]: [string, string],
): Mutant => ({
  name: `services: ${name}`,
  edits: [{ file: `${service}${file}`, find, replace }],
  tests: `${service}${tests}`,
  title,
});

/** Without both, work begins whose caller waits no longer: a statement without time is not sent either. */
const without = (file: string) => [
  { file, find: '    throwIfExpired();\n', replace: '' },
  {
    file: `${service}database/connection.ts`,
    find: "  if (remainingMs() <= 0) throw new Problem('deadline-exceeded');\n",
    replace: '',
  },
];

/** The guards of services under faults: one deadline for everything, and answers that say what happened. */
export const DEADLINES: Mutant[] = [
  deadline(
    'a handler that hangs is answered for',
    [
      'request-context.ts',
      "new Problem('deadline-exceeded')), budget + MOMENT_MS)",
      "new Problem('deadline-exceeded')), budget + 1_000)",
    ],
    ['request-context.test.ts', 'When a handler hangs, then the answer is 504 when the budget is spent'],
  ),
  deadline(
    'a body that does not come is not waited for',
    ['request-context.ts', "if (!req.complete) res.set('Connection', 'close');", ''],
    [
      'request-context.test.ts',
      'When a client does not send the rest of its body, then the answer is 504 and the connection is closed',
    ],
  ),
  deadline(
    'a late answer is no error',
    ['errors.ts', 'if (res.headersSent && res.locals[LATE]) return;', ''],
    ['request-context.test.ts', 'When a handler answers after that, then its answer is dropped and is no error'],
  ),
  deadline(
    'a statement has the budget’s time',
    ['database/connection.ts', 'Math.min(mostMs, remainingMs())', 'mostMs'],
    ['database/deadline.integration.test.ts', 'When a statement was given up, then its connection is not used again'],
  ),
  deadline(
    'a connection with a statement that was given up is closed',
    ['database/connection.ts', 'client.release(unfit.has(client))', 'client.release(false)'],
    ['database/deadline.integration.test.ts', 'When a statement was given up, then its connection is not used again'],
  ),
  deadline(
    'waiting for a connection ends with the budget',
    ['or-late.ts', 'await Promise.race([work, limit])', 'await work'],
    [
      'database/deadline.integration.test.ts',
      'When the server is frozen, then a statement fails when the budget is spent, and the next one works when it runs again',
    ],
  ),
  deadline(
    'a queue that is too long is not joined',
    ['database/connection.ts', 'if (expectedWaitMs(pool) > Math.max(0, remainingMs()))', 'if (false)'],
    [
      'database/deadline.integration.test.ts',
      'When the queue is longer than the budget, then a request is refused at once, and none is when the work is done',
    ],
  ),
  deadline(
    'what a stop has cut is logged',
    ['shutdown.ts', "log().warn({ what, ms }, 'stopping: cut, because it did not end in time')", 'undefined'],
    [
      'shutdown.test.ts',
      'When background work, clients and spans hang, then stopping does not wait for them, and each is logged',
    ],
  ),
  {
    name: 'no charge after the deadline',
    edits: without('services/billing/src/charges.ts'),
    tests: 'services/billing/src/charges.integration.test.ts',
    title: 'When the caller has no time left, then 504 and nothing is charged; the same key works later',
  },
  {
    name: 'no purchase begins after the deadline',
    edits: without('services/checkout/src/idempotency.ts'),
    tests: 'services/checkout/src/app.integration.test.ts',
    title: 'checkout v1 When a caller has no time left, then 504 and nothing is begun',
  },
  deadline(
    'a client that has left is counted as 499',
    ['route-template.ts', 'res.writableEnded ? res.statusCode : 499', 'res.statusCode'],
    [
      'service.test.ts',
      'When a client leaves before the answer, then the request counts as 499, with the time that it took',
    ],
  ),
  deadline(
    'another method is 405',
    ['contract/route.ts', 'allowed.includes(method)', 'allowed.length > 0'],
    ['service.test.ts', 'When /things is asked by get, then 405, and Allow says how'],
  ),
  deadline(
    'HSTS is for https',
    ['service.ts', "=== 'https' ? overHttps : overHttp", "=== 'https' ? overHttps : overHttps"],
    ['service.test.ts', 'When the gateway was asked over http, then HSTS is undefined'],
  ),
  deadline(
    'a wrong password is said',
    ['database/migrate.ts', 'if (attempt === PATIENCE)', 'if (attempt < 0)'],
    [
      'database/migrate.integration.test.ts',
      'When the password is wrong, then ping says so, and one line of the log says what to do',
    ],
  ),
  {
    name: 'services: a charge is repeated whoever asks',
    edits: [
      {
        file: 'services/billing/src/charges.ts',
        find: 'from charges where order_id = $1`,\n    [orderId],',
        replace: 'from charges where order_id = $1 and caller = $2`,\n    [orderId, caller],',
      },
    ],
    tests: 'services/billing/src/charges.integration.test.ts',
    title:
      'When an order is charged again, under another key or by a caller with another identity, then it is a repetition',
  },
];
