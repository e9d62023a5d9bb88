import {
  type Contract,
  type Money,
  type Receipt,
  idempotencyKeySchema,
  moneySchema,
  paymentMethodSchema,
  problem,
  receiptSchema,
  servedBySchema,
} from '@tuesday/service';
import { z } from 'zod';

export const chargeRequestSchema = z.strictObject({
  orderId: z.uuid(),
  amount: moneySchema,
  paymentMethod: paymentMethodSchema,
});
export type ChargeRequest = z.infer<typeof chargeRequestSchema>;

/** Both versions have this shape, so both run the same contract tests. */
export type MakeReceipt = (amount: Money) => Receipt;

export const chargeSchema = z.strictObject({
  id: z.uuid(),
  orderId: z.uuid(),
  status: z.enum(['pending', 'succeeded', 'declined']),
  reason: z.enum(['card_declined', 'insufficient_funds']).nullable(),
  amount: moneySchema,
  receipt: receiptSchema.optional(),
});
export type ChargeView = z.infer<typeof chargeSchema>;

export const refundSchema = z.strictObject({ id: z.uuid(), chargeId: z.uuid(), amount: moneySchema });

const answered = { servedBy: servedBySchema };
const chargeAnswer = z.strictObject({ charge: chargeSchema, ...answered });
const headers = z.object({ 'idempotency-key': idempotencyKeySchema });
const params = z.object({ id: z.uuid('charge-not-found') });

export const contract = {
  createCharge: {
    method: 'post',
    path: '/charges',
    summary: 'Charges an order once, however often it is repeated',
    request: { headers, body: chargeRequestSchema },
    responses: {
      201: { description: 'Charged.', schema: chargeAnswer },
      400: problem('The request is not as the contract says.'),
      402: problem('Declined; `reason` says why. Final, and replayed.'),
      409: problem('A request with this key is still being worked on.'),
      422: problem('The key was used for another request.'),
      503: problem('The database or the payment provider is not available. The same key may be used again.'),
      504: problem('There was no time left, or no answer of the payment provider. The same key tells the outcome.'),
    },
  },
  listCharges: {
    method: 'get',
    path: '/charges',
    summary: 'The charge of an order',
    request: { query: z.strictObject({ orderId: z.uuid() }) },
    responses: {
      200: { description: 'None or one.', schema: z.strictObject({ charges: z.array(chargeSchema), ...answered }) },
      400: problem('Bad query.'),
    },
  },
  showCharge: {
    method: 'get',
    path: '/charges/{id}',
    summary: 'One charge',
    request: { params },
    responses: { 200: { description: 'The charge.', schema: chargeAnswer }, 404: problem('There is no such charge.') },
  },
  refundCharge: {
    method: 'post',
    path: '/charges/{id}/refunds',
    summary: 'Refunds part of a charge once, however often it is repeated',
    request: { headers, params, body: z.strictObject({ amount: moneySchema }) },
    responses: {
      201: { description: 'Refunded.', schema: z.strictObject({ refund: refundSchema, ...answered }) },
      400: problem('The request is not as the contract says.'),
      404: problem('There is no such charge.'),
      422: problem('More than was charged, a charge that did not succeed, or a key used for another request.'),
    },
  },
} satisfies Contract;
