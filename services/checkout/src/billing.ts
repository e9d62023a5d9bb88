import { type Callee, Problem, receiptSchema } from '@tuesday/service';
import { z } from 'zod';
import type { Attempt } from './idempotency.ts';
import type { Decision } from './contract.ts';
import { failureOf } from './permanent-failure.ts';

const chargedSchema = z.object({ charge: z.object({ receipt: receiptSchema }) });

/**
 * Charges an order, with a key made from its id: a repetition, from any process, never charges twice. Throws a Problem
 * when the outcome is unknown: request-in-progress while billing works on it, upstream-… where it gave no answer, PermanentFailure where it never will.
 */
export async function charge(billing: Callee, { order, paymentMethod }: Attempt): Promise<Decision> {
  const { status, body } = await billing.call({
    method: 'POST',
    path: '/charges',
    headers: { 'idempotency-key': `order-${order.id}` },
    body: { orderId: order.id, amount: order.amount, paymentMethod },
  });
  if (status === 201) {
    // A charge without a valid receipt is still a charge.
    const { data } = chargedSchema.safeParse(body);
    return { status: 'confirmed', ...(data && { receipt: data.charge.receipt }) };
  }
  if (status === 402) return { status: 'declined' };
  if (status === 400) return { status: 'failed' };
  if (status === 409) throw new Problem('request-in-progress', { detail: 'The payment is still being worked on.' });
  throw failureOf('billing', status);
}
