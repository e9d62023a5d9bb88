import type { Mutant } from '../../mutant.ts';

const billing = 'services/billing/src/';
const background = 'services/checkout/src/background/';

/** The guards of the provider's book, and of the work beside the requests. */
export const PAYMENTS: Mutant[] = [
  {
    name: 'a payment has the id of its charge',
    edits: [
      {
        file: `${billing}routes.ts`,
        find: 'execute(claim, { id: claim.id, amount, method })',
        replace: 'execute(claim, { id: crypto.randomUUID(), amount, method })',
      },
    ],
    tests: `${billing}payments.integration.test.ts`,
    title: 'When a charge is taken over while its owner still pays, then it is paid once, and both have the outcome',
  },
  {
    name: 'the provider pays an id once',
    edits: [
      {
        file: `${billing}provider/migrations/0001-payments.sql`,
        find: 'id uuid constraint one_payment_an_id primary key',
        replace: 'id uuid',
      },
      {
        file: `${billing}provider/stand-in.ts`,
        find: 'on conflict (id) do update set asked = payments.asked + 1\n',
        replace: '\n',
      },
    ],
    tests: `${billing}provider/stand-in.integration.test.ts`,
    title: 'When one payment is asked for many times at once, then it is made once and each has the same outcome',
  },
  {
    name: 'the provider refuses an id with another amount',
    edits: [{ file: `${billing}provider/stand-in.ts`, find: 'entry.minor !== amount.minor || ', replace: '' }],
    tests: `${billing}provider/stand-in.integration.test.ts`,
    title: 'When an id comes with another amount, then it is refused and the book stays as it is',
  },
  {
    name: 'only the owner settles a charge',
    edits: [{ file: `${billing}charges.ts`, find: 'and owner = $5 and', replace: 'and $5::uuid is not null and' }],
    tests: `${billing}payments.integration.test.ts`,
    title: 'When an owner has lost its charge, then it writes nothing and ends no other lease',
  },
  {
    name: 'a payment without an outcome ends its lease',
    edits: [
      {
        file: `${billing}routes.ts`,
        find: '        await releaseCharge(db, claim).catch(() => undefined);\n',
        replace: '        void releaseCharge;\n',
      },
    ],
    tests: `${billing}payments.integration.test.ts`,
    title: 'When the provider is away, then 503 with Retry-After, each time, until it is back',
  },
  {
    name: 'the auditor reads the provider’s book',
    edits: [
      {
        file: 'test/support/audit.ts',
        find: 'return [...complaints, ...auditPayments(books)];',
        replace: 'void auditPayments;\n  return complaints;',
      },
    ],
    tests: 'test/support/audit.test.ts',
    title: 'When an order was paid twice, then the auditor says so',
  },
  {
    name: 'background work that fails comes later and later',
    edits: [
      {
        file: 'packages/service/src/loop.ts',
        find: 'inVain = failed > 0 && done === 0 ? inVain + 1 : 0;',
        replace: 'inVain = 0;',
      },
    ],
    tests: `${background}reconciler.integration.test.ts`,
    title: 'When billing is away and 1,000 orders are abandoned, then ten seconds bring few attempts',
  },
  {
    name: 'an order that cannot be settled waits',
    edits: [{ file: `${background}reconciler.ts`, find: ' and next_attempt_at <= now()', replace: '' }],
    tests: `${background}reconciler.integration.test.ts`,
    title: 'When an order cannot be settled, then its next attempts come later and later, and hold up no other order',
  },
  {
    name: 'orders of which no customer asks again are settled',
    edits: [
      {
        file: `${background}reconciler.ts`,
        find: 'order by lease_until limit ${BATCH}',
        replace: 'order by lease_until limit 0',
      },
    ],
    tests: 'test/faults/dependencies.integration.test.ts',
    title:
      'When checkout → billing is slow under 24 purchases, then each has the service’s own answer in time, all settles within ten seconds, and the books agree',
  },
  {
    name: 'the log has one line a state change',
    edits: [{ file: 'packages/service/src/loop.ts', find: 'if (failed > 0 && !failing)', replace: 'if (failed > 0)' }],
    tests: 'packages/service/src/loop.test.ts',
    title: 'When work fails again and again, then the log says so once, and once more when it succeeds',
  },
  {
    name: 'what can never succeed is parked',
    edits: [
      {
        file: 'services/checkout/src/permanent-failure.ts',
        find: 'PERMANENT.has(status) ?',
        replace: 'PERMANENT.has(-status) ?',
      },
    ],
    tests: `${background}reconciler.integration.test.ts`,
    title:
      'When billing refuses an order as wrong, then it is parked and not tried again, until a person has set it free',
  },
  {
    name: 'what a person can mend is not parked',
    edits: [
      {
        file: 'services/checkout/src/permanent-failure.ts',
        find: 'PERMANENT.has(status) ?',
        replace: 'status < 500 ?',
      },
    ],
    tests: `${background}outbox.integration.test.ts`,
    title: 'When recommendations answers 403, which a person can mend, then the event is not parked',
  },
  {
    name: 'retention keeps the keys of orders that are not done',
    edits: [
      { file: `${background}retention.ts`, find: "where state = 'done' and created_at", replace: 'where created_at' },
    ],
    tests: `${background}retention.integration.test.ts`,
    title: 'When keys and events are old enough, then they go and the orders stay; what is younger or not done stays',
  },
  {
    name: 'retention finds old rows by an index',
    edits: [
      {
        file: 'services/checkout/migrations/0004-background.sql',
        find: 'create index idempotency_created on idempotency using brin (created_at);',
        replace: 'create index idempotency_created on idempotency (state);',
      },
    ],
    tests: `${background}retention.integration.test.ts`,
    title: 'When there are 50,000 rows, then a round removes a batch without reading them all',
  },
  {
    name: 'only an error of the connection means that the database is away',
    edits: [
      {
        file: 'packages/service/src/database/availability.ts',
        find: 'SYSTEM.test(code) || LOST.test(message)',
        replace: 'SYSTEM.test(code) || LOST.test(message) || true',
      },
    ],
    tests: 'packages/service/src/database/migrate.integration.test.ts',
    title:
      'When a migration comes before one that has run, then one line of the log and ping say so, with the way out, and it is not tried again',
  },
  {
    name: 'a newer schema is said',
    edits: [
      { file: 'packages/service/src/database/migrate.ts', find: 'unknown.length > 0', replace: 'unknown.length < 0' },
    ],
    tests: 'packages/service/src/database/migrate.integration.test.ts',
    title: 'When the schema is newer than the version, then it works, and one line of the log says so',
  },
];
