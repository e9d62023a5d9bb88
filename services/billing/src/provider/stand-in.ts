import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Database, type PaymentMethod, Problem, openDatabase } from '@tuesday/service';
import type { Outcome, Payment, PaymentProvider } from './provider.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** Milliseconds that tok_slow takes: longer than any caller waits (1.5 s in the mesh, 1.8 s without). */
const SLOW_MS = 2_000;

/** Milliseconds for which the provider is away from the first request with tok_away on: for each payment, so that tests need not wait for each other. */
const AWAY_MS = 3_000;

const SUCCEEDED: Outcome = { status: 'succeeded', reason: null };
const OUTCOMES: Record<PaymentMethod, Outcome> = {
  tok_visa: SUCCEEDED,
  tok_vipps: SUCCEEDED,
  tok_slow: SUCCEEDED,
  tok_lost: SUCCEEDED,
  tok_away: SUCCEEDED,
  tok_declined: { status: 'declined', reason: 'card_declined' },
  tok_insufficient_funds: { status: 'declined', reason: 'insufficient_funds' },
};

/** A row of the book; `asked`: how often this payment has been asked for, this time included. */
type Entry = Outcome & { minor: number; currency: string; asked: number };

/**
 * The stand-in for a payment provider. The token decides the outcome and whether something goes wrong on the way; the book is
 * a database of the provider's own, which billing's SQL never touches. One connection is enough: each payment is one statement.
 */
export function openStandIn(url: string): PaymentProvider {
  const book = openDatabase({ url, migrations: MIGRATIONS, name: 'bank', max: 1 });
  return {
    pay: async function pay(payment) {
      const { amount, method } = payment;
      if (method === 'tok_away' && (await isAway(book, payment))) throw away();
      const entry = await enter(book, payment);
      if (entry.minor !== amount.minor || entry.currency !== amount.currency)
        throw new Problem('upstream-failed', {
          detail: 'The payment provider knows this payment with another amount.',
        });
      if (method === 'tok_slow' && entry.asked === 1) await wait(SLOW_MS);
      if (method === 'tok_lost' && entry.asked === 1)
        throw new Problem('upstream-timeout', { detail: 'The payment provider did not answer.' });
      return { status: entry.status, reason: entry.reason } as Outcome;
    },
    ready: () => book.ping(),
    close: () => book.close(),
  };
}

/** Enters the payment unless its id is known, and gives the entry: in one statement, so that two requests at once make one entry. */
async function enter(book: Database, { id, amount, method }: Payment): Promise<Entry> {
  const { status, reason } = OUTCOMES[method];
  const [entry] = await book
    .query<Entry>(
      `insert into payments (id, amount_minor, currency, status, reason) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set asked = payments.asked + 1
       returning amount_minor::int as minor, currency, status, reason, asked`,
      [id, amount.minor, amount.currency, status, reason],
    )
    .catch(asProvider);
  return entry!;
}

async function isAway(book: Database, { id }: Payment): Promise<boolean> {
  const [outage] = await book
    .query<{ lasts: boolean }>(
      `insert into outages (payment_id) values ($1) on conflict (payment_id) do update set payment_id = $1
       returning since > now() - $2 * interval '1 ms' as lasts`,
      [id, AWAY_MS],
    )
    .catch(asProvider);
  return outage!.lasts;
}

const away = (cause?: unknown) =>
  new Problem('upstream-refused', { detail: 'The payment provider is not available.', cause });

/** What billing knows of the provider's database is what it would see of a provider's server. */
function asProvider(error: unknown): never {
  throw error instanceof Problem && error.status === 503 ? away(error) : error;
}
