import {
  Problem,
  answer,
  caller,
  idempotencyKey,
  jsonBody,
  parseBody,
  parseQuery,
  requestHash,
  servedBy,
} from '@tuesday/service';
import type { Database } from '@tuesday/service';
import { Router } from 'express';
import { z } from 'zod';
import { type Charge, chargesOfOrder, claimCharge, findCharge, settleCharge } from './charges.ts';
import {
  type ChargeView,
  type MakeReceipt,
  type PaymentMethod,
  chargeRequestSchema,
  refundRequestSchema,
} from './contract.ts';
import { pay } from './payment.ts';
import type { Payments } from './payments.ts';
import { refundCharge } from './refunds.ts';

const orderQuery = z.strictObject({ orderId: z.uuid() });
const isUuid = (text: string) => z.uuid().safeParse(text).success;

export interface Parts {
  db: Database;
  payments: Payments;
  makeReceipt: MakeReceipt;
}

/** The routes of billing: charges, once each, and refunds. */
export function routes({ db, payments, makeReceipt }: Parts): Router {
  /** Pays and writes the outcome, whether or not the caller still waits. */
  async function execute(charge: Charge, method: PaymentMethod): Promise<Charge> {
    const outcome = await pay(method);
    const { currency, minor } = charge;
    const receipt = outcome.status === 'succeeded' ? makeReceipt({ currency, minor }) : null;
    return settleCharge(db, charge, { ...outcome, receipt });
  }

  return Router()
    .post('/charges', jsonBody, async function charge(req, res) {
      const key = idempotencyKey(req);
      const request = parseBody(chargeRequestSchema, req);
      const claimed = await claimCharge(db, { caller: caller(), key, hash: requestHash(request), request });
      const settled = claimed.owned
        ? await payments.track(() => execute(claimed.charge, request.paymentMethod))
        : claimed.charge;
      if (!claimed.owned) res.set('Idempotent-Replayed', 'true');
      if (settled.status === 'declined')
        throw new Problem('payment-declined', {
          extra: { reason: settled.reason, charge: view(settled), servedBy: servedBy() },
        });
      answer(res, 201, { charge: view(settled) });
    })
    .get('/charges', async function listCharges(req, res) {
      const { orderId } = parseQuery(orderQuery, req);
      answer(res, 200, { charges: (await chargesOfOrder(db, orderId)).map(view) });
    })
    .get('/charges/:id', async function showCharge(req, res) {
      if (!isUuid(req.params.id)) throw new Problem('charge-not-found');
      answer(res, 200, { charge: view(await findCharge(db, req.params.id)) });
    })
    .post('/charges/:id/refunds', jsonBody, async function refund(req, res) {
      const key = idempotencyKey(req);
      const { amount } = parseBody(refundRequestSchema, req);
      const chargeId = `${req.params['id']}`;
      if (!isUuid(chargeId)) throw new Problem('charge-not-found');
      const made = await refundCharge(db, {
        chargeId,
        caller: caller(),
        key,
        hash: requestHash({ chargeId, amount }),
        amount,
      });
      if (made.replayed) res.set('Idempotent-Replayed', 'true');
      answer(res, 201, {
        refund: { id: made.refund.id, chargeId, amount: { currency: amount.currency, minor: made.refund.minor } },
      });
    });
}

function view({ id, orderId, status, reason, minor, currency, receipt }: Charge): ChargeView {
  return { id, orderId, status, reason, amount: { currency, minor }, ...(receipt && { receipt }) };
}
