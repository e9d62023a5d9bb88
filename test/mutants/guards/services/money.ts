import type { Mutant } from '../../mutant.ts';

const checkout = 'services/checkout/src/';
const billing = 'services/billing/src/';

/** The guards of the money, of traces and of a clean shutdown. */
export const MONEY: Mutant[] = [
  {
    name: 'one order for each customer and key',
    edits: [
      {
        file: 'services/checkout/migrations/0001-orders.sql',
        find: '  constraint idempotency_once_per_key unique (customer_id, key),\n',
        replace: '',
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When twenty requests carry one key at once, then there is one order and one charge',
  },
  {
    // Each replaces the other, because checkout makes the key from the order's id.
    name: 'one charge for each key, one charge for each order',
    edits: [
      {
        file: 'services/billing/migrations/0001-charges.sql',
        find: '  constraint one_charge_a_key unique (caller, idempotency_key),\n  constraint one_charge_an_order unique (order_id)\n',
        replace: '  check (true)\n',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When twenty requests carry one key at once, then there is one charge, booked once',
  },
  {
    name: 'the hash of a checkout',
    edits: [
      {
        file: `${checkout}idempotency.ts`,
        find: "  if (row.hash !== requestHash) throw new Problem('key-reused');\n",
        replace: '',
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When a key is used again for something else, then 422 and the first order stands',
  },
  {
    name: 'the hash of a charge',
    edits: [
      {
        file: `${billing}charges.ts`,
        find: "  if (known.hash !== hash) throw new Problem('key-reused', { detail: 'This order was charged in another way.' });\n",
        replace: '',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When a key is used again for something else, then 422',
  },
  {
    name: 'an event is counted once',
    edits: [
      {
        file: 'services/recommendations/migrations/0001-purchases.sql',
        find: 'uuid not null unique,',
        replace: 'uuid not null,',
      },
    ],
    tests: 'services/recommendations/src/recommendations.integration.test.ts',
    title: 'When an order is reported twice, then it is counted once',
  },
  {
    name: 'the outbox skips rows that another instance has locked',
    edits: [{ file: `${checkout}background/outbox.ts`, find: 'for update skip locked', replace: 'for update' }],
    tests: `${checkout}background/outbox.integration.test.ts`,
    title: 'When two instances deliver at once, then they share the work and deliver each event once',
  },
  {
    name: 'the live owner of a checkout keeps it',
    edits: [
      {
        file: `${checkout}idempotency.ts`,
        find: "state = 'in_progress' and lease_until <= now()",
        replace: "state = 'in_progress'",
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When an attempt still has its lease, then another one gets 409 with Retry-After and asks for no charge',
  },
  {
    name: 'the checkout of a dead owner is taken over',
    edits: [
      { file: `${checkout}idempotency.ts`, find: "state = 'in_progress' and lease_until <= now()", replace: 'false' },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When the owner of a key has died, then the next attempt finishes the same order',
  },
  {
    name: 'the charge of a dead owner is taken over',
    edits: [{ file: `${billing}charges.ts`, find: "status = 'pending' and lease_until < now()", replace: 'false' }],
    tests: `${billing}charges.integration.test.ts`,
    title:
      'When the owner of a charge has died, then the next request with its key finishes it, once the lease has ended',
  },
  {
    name: 'a charge moves forward only',
    edits: [
      {
        file: 'services/billing/migrations/0001-charges.sql',
        find: 'create trigger charges_only_forward before update on charges for each row execute function only_forward();\n',
        replace: '',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When a settled charge is changed by hand, then the database refuses; the ledger refuses every change',
  },
  {
    name: 'only the owner settles an order',
    edits: [
      {
        file: `${checkout}settle.ts`,
        find: "where order_id = $1 and owner = $2 and state = 'in_progress' returning order_id",
        replace: 'where order_id = $1 and $2::uuid is not null returning order_id',
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When an attempt has lost its lease, then it settles nothing and leaves the outcome to the new owner',
  },
  {
    name: 'refunds stay within the charge',
    edits: [
      {
        file: `${billing}refunds.ts`,
        find: "    if (sum!.minor + amount.minor > charge.minor) throw new Problem('refund-too-large');\n",
        replace: '    if (!sum) return undefined as never;\n',
      },
    ],
    tests: `${billing}refunds.integration.test.ts`,
    title: 'When refunds come at once that are too much together, then only as many are given as the charge holds',
  },
  {
    name: 'ids keep their leading zeros',
    edits: [{ file: 'packages/service/src/tracing/b3-w3c-codec.ts', find: ".padStart(16, '0')", replace: '' }],
    tests: 'packages/service/src/tracing/b3-w3c-codec.test.ts',
    title: 'When an id has lost its leading zeros, then both dialects get it back whole',
  },
  {
    name: 'a server closes after its last response',
    edits: [{ file: 'packages/service/src/shutdown.ts', find: '  closeAfterResponse(server);\n', replace: '' }],
    tests: 'packages/service/src/shutdown.test.ts',
    title: 'When 40 clients keep posting while the server stops, 25 times, then none of the 1,000 is cut off',
  },
  {
    name: "a span's name says what its statement does",
    edits: [
      {
        file: 'packages/service/src/database/statement-name.ts',
        find: 'let name = plain;',
        replace: 'let name = `s${taken.size}`;',
      },
    ],
    tests: 'packages/service/src/database/statement-name.test.ts',
    title: 'When two statements do the same to one table, then they have different names, each always its own',
  },
  {
    name: 'a receipt is stored as it was returned',
    edits: [
      {
        file: `${billing}charges.ts`,
        find: 'receipt = $4',
        replace: 'receipt = case when $4::json is null then null::json end',
      },
    ],
    tests: `${billing}app.integration.test.ts`,
    title: 'When v1 and v2 run on one database, then each reads the other’s charge, to the øre; only v2 names the tax',
  },
  {
    name: 'an order keeps its receipt',
    edits: [
      {
        file: `${checkout}settle.ts`,
        find: ', receipt = $8',
        replace: ', receipt = case when $8::json is null then null::json end',
      },
    ],
    tests: `${checkout}app.integration.test.ts`,
    title: 'checkout v1 When billing shows the VAT on its receipt, then the answer, its replay and the order show it',
  },
];
