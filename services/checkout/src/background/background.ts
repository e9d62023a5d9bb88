import { type Background, type Callee, type Database, createLoop } from '@tuesday/service';
import { deliverOutbox } from './outbox.ts';
import { reconcileRound } from './reconciler.ts';
import { retentionRound } from './retention.ts';

type Parts = { db: Database; billing: Callee; recommendations: Callee; ready(): Promise<unknown> };

/** Checkout's work beside the requests. `onConfirmed` is called when there is an event to deliver. */
export function backgroundWork({ db, billing, recommendations, ready }: Parts): {
  background: Background[];
  onConfirmed(): void;
} {
  const outbox = createLoop({
    name: 'outbox',
    everyMs: 500,
    delayMs: 50,
    ready,
    round: () => deliverOutbox(db, recommendations),
  });
  const onConfirmed = () => outbox.trigger();
  const reconciler = createLoop({
    name: 'reconciler',
    everyMs: 1_000,
    ready,
    round: () => reconcileRound({ db, billing, onConfirmed }),
  });
  const retention = createLoop({ name: 'retention', everyMs: 3_600_000, ready, round: () => retentionRound(db) });
  return { background: [reconciler, outbox, retention], onConfirmed };
}
