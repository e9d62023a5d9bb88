import { Problem, log, throwIfExpired } from '@tuesday/service';
import type { ChargeStore, Claim, KeptCharge } from './charge-store.ts';
import type { Receipt, WriteReceipt } from './contract.ts';
import { pay } from './payment.ts';

/** A settled charge's answer, and whether it was given before. */
export interface Charged {
  receipt: Receipt;
  replayed: boolean;
}

export interface Charging {
  /**
   * Charges, or gives the answer that was given. Throws Problem deadline-exceeded (nothing was done), key-reused,
   * request-in-progress (somebody else is at it), database-unavailable.
   */
  charge(claim: Claim): Promise<Charged>;
  /** Resolves when every payment that was begun has been written. */
  idle(): Promise<void>;
}

/** Charges exactly once: one row for a key, and one owner of the row while it is pending. */
export function createCharging({
  charges,
  writeReceipt,
}: {
  charges: ChargeStore;
  writeReceipt: WriteReceipt;
}): Charging {
  const running = new Set<Promise<unknown>>();

  async function charge(claim: Claim): Promise<Charged> {
    // The only look at the deadline: what has been written as pending is carried through, whoever still waits for it.
    throwIfExpired();
    const own = (await charges.insert(claim)) ?? (await existing(charges, claim));
    if (own.answer) return { receipt: own.answer, replayed: true };
    const work = carryThrough(own);
    running.add(work);
    // Deliberately not tied to the request: its caller may go, the outcome is written all the same.
    work
      .catch((error: unknown) => log().warn({ reason: (error as Error).message }, 'charge not settled'))
      .finally(() => running.delete(work));
    return work;
  }

  async function carryThrough(own: KeptCharge): Promise<Charged> {
    try {
      const outcome = await pay(own.paymentMethod!);
      const { id, orderId, amount, createdAt } = own;
      const receipt = writeReceipt({ id, orderId, amount, createdAt, ...outcome });
      if (!(await charges.settle(own, outcome, receipt))) throw new Problem('request-in-progress');
      return { receipt, replayed: false };
    } catch (error) {
      await charges.release(own).catch(() => undefined);
      throw error;
    }
  }

  return { charge, idle: async () => void (await Promise.allSettled(running)) };
}

/** The charge that is there already: settled, or taken over from a dead owner. */
async function existing(charges: ChargeStore, { caller, key, requestHash }: Claim): Promise<KeptCharge> {
  const found = await charges.byKey(caller, key);
  if (!found) throw new Problem('key-reused', { detail: 'The order was charged under another key.' });
  if (found.requestHash !== requestHash) throw new Problem('key-reused');
  if (found.answer) return found;
  const own = await charges.takeOver(found.id);
  if (!own) throw new Problem('request-in-progress');
  return own;
}
