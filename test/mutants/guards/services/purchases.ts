import type { Mutant } from '../../mutant.ts';

const checkout = 'services/checkout/src/';
const billing = 'services/billing/src/';

/** More guards of a purchase than those in `money.ts`: who may do what with an order, a charge, a refund and an event. */
export const PURCHASES: Mutant[] = [
  {
    name: 'one charge for each order, whatever the key',
    edits: [
      {
        file: 'services/billing/migrations/0001-charges.sql',
        find: ',\n  constraint one_charge_an_order unique (order_id)',
        replace: '',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title:
      'When an order is charged again, under another key or by a caller with another identity, then it is a repetition',
  },
  {
    name: 'keys of different callers are independent',
    edits: [
      {
        file: 'services/billing/migrations/0001-charges.sql',
        find: 'one_charge_a_key unique (caller, idempotency_key)',
        replace: 'one_charge_a_key unique (idempotency_key)',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When two callers use one key, then each has a charge of its own',
  },
  {
    name: 'the live owner of a charge keeps it',
    edits: [
      {
        file: `${billing}charges.ts`,
        find: " and status = 'pending' and lease_until < now() returning",
        replace: " and status = 'pending' returning",
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When a charge is in flight, then the same key gets 409 with Retry-After, and the outcome afterwards',
  },
  {
    name: 'rows of the ledger are never changed',
    edits: [
      {
        file: 'services/billing/migrations/0002-ledger-is-append-only.sql',
        find: 'before update or delete or truncate on ledger',
        replace: 'before truncate on ledger',
      },
    ],
    tests: `${billing}charges.integration.test.ts`,
    title: 'When a settled charge is changed by hand, then the database refuses; the ledger refuses every change',
  },
  {
    name: 'refunds of one charge wait for each other',
    edits: [
      {
        file: `${billing}refunds.ts`,
        find: "from charges where id = $1 for update'",
        replace: "from charges where id = $1'",
      },
    ],
    tests: `${billing}refunds.integration.test.ts`,
    title: 'When refunds come at once that are too much together, then only as many are given as the charge holds',
  },
  {
    name: 'one refund for each key',
    edits: [
      {
        file: 'services/billing/migrations/0001-charges.sql',
        find: ',\n  constraint one_refund_a_key unique (caller, idempotency_key)',
        replace: '',
      },
    ],
    tests: `${billing}refunds.integration.test.ts`,
    title: 'When one key comes for two charges at once, then one of them is refunded and the other is 422',
  },
  {
    name: 'a stop waits for running payments',
    edits: [{ file: `${billing}payments.ts`, find: 'void (await Promise.allSettled(running))', replace: 'undefined' }],
    tests: `${billing}shutdown.integration.test.ts`,
    title:
      'When the service stops while a payment is under way whose caller has gone, then its outcome is written first',
  },
  {
    name: 'the outbox locks its rows',
    edits: [{ file: `${checkout}background/outbox.ts`, find: ' for update skip locked', replace: '' }],
    tests: `${checkout}background/outbox.integration.test.ts`,
    title: 'When two instances deliver at once, then they share the work and deliver each event once',
  },
  {
    name: 'an order moves forward only',
    edits: [
      {
        file: 'services/checkout/migrations/0001-orders.sql',
        find: 'create trigger orders_move_forward before update of status on orders\n  for each row execute function orders_move_forward();\n',
        replace: '',
      },
    ],
    tests: `${checkout}settle.integration.test.ts`,
    title: 'When a confirmed order is set to declined by hand, then the database refuses',
  },
  {
    // The mutant uses two statements, which the single statement prevents.
    name: 'an order and its event are one statement',
    edits: [
      {
        file: `${checkout}settle.ts`,
        find: "(insert into outbox (order_id, skus, traceparent) select id, $6::text[], $7 from settled where status = 'confirmed')",
        replace: '(select $6::text[], $7::text)',
      },
      {
        file: `${checkout}settle.ts`,
        find: '  return rows.length === 1;\n',
        replace:
          "  if (status === 201) await db.query('insert into outbox (order_id, skus) values ($1, $2)', [order.id, ['stove']]);\n  return rows.length === 1;\n",
      },
    ],
    tests: `${checkout}settle.integration.test.ts`,
    title: 'When the event of an order cannot be written, then neither is the order settled: they are one transaction',
  },
  {
    name: 'a failed attempt releases its lease',
    edits: [
      {
        file: `${checkout}checkout.ts`,
        find: '    await finishing(() => releaseKey(parts.db, attempt)).catch(() => undefined);\n',
        replace: '',
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When billing refuses, then the error is passed on, the order stays pending, and the same key works at once',
  },
  {
    // Each replaces the other: the constraint rejects a settled order that still has its token.
    name: 'the token is removed when the order is settled',
    edits: [
      { file: `${checkout}settle.ts`, find: 'payment_method = null, ', replace: '' },
      {
        file: 'services/checkout/migrations/0001-orders.sql',
        find: ",\n  constraint orders_token check ((status = 'pending') = (payment_method is not null))",
        replace: '',
      },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When billing refuses, then the error is passed on, the order stays pending, and the same key works at once',
  },
  {
    name: "billing's key is made from the order",
    edits: [
      { file: `${checkout}billing.ts`, find: '`order-${order.id}`', replace: '`order-${order.id}-${Math.random()}`' },
    ],
    tests: `${checkout}idempotency.integration.test.ts`,
    title: 'When the owner of a key has died, then the next attempt finishes the same order',
  },
  {
    name: 'the reconciler waits for the lease of an order',
    edits: [
      {
        file: `${checkout}background/reconciler.ts`,
        find: " and lease_until <= now() - $3 * interval '1 ms'",
        replace: ' and $3 > 0',
      },
    ],
    tests: `${checkout}background/reconciler.integration.test.ts`,
    title: 'When the lease of an order is valid or has just ended, then the order is left to its customer',
  },
  {
    name: 'reconcilers skip orders that another one has locked',
    edits: [{ file: `${checkout}background/reconciler.ts`, find: 'for update skip locked)', replace: 'for update)' }],
    tests: `${checkout}background/reconciler.integration.test.ts`,
    title: 'When another instance is taking an order, then it is skipped, not waited for',
  },
  {
    name: 'only its customer can read an order',
    edits: [
      {
        file: `${checkout}orders.ts`,
        find: 'where id = $1 and customer_id = $2',
        replace: "where id = $1 and $2 <> ''",
      },
    ],
    tests: `${checkout}app.integration.test.ts`,
    title: 'checkout v1 When a customer asks for an order, then the answer has it; for another customer it is 404',
  },
];
