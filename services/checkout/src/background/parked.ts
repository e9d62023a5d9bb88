import { type Database, type Gauge, withContext } from '@tuesday/service';

/** Milliseconds that a scrape may wait for it. */
const LIMIT_MS = 500;

/** How many orders can never be settled and how many events never be delivered: they wait for a person. `npx tuesday status` shows them. */
export const parkedGauge = (db: Database): Gauge => ({
  name: 'checkout_parked',
  help: 'Orders that can never be settled and events that can never be delivered, until a person has looked at them.',
  label: 'kind',
  read: async () => {
    const [counts] = await withContext(LIMIT_MS, () =>
      db.query<{ order: number; event: number }>(
        `select (select count(*)::int from idempotency where parked_at is not null) as order,
                (select count(*)::int from outbox where parked_at is not null) as event`,
      ),
    );
    return { ...counts! };
  },
});
