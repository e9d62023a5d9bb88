import {
  type Database,
  Problem,
  type Route,
  answer,
  caller,
  requestHash,
  route,
  servedBy,
  withContext,
} from '@tuesday/service';
import {
  type Charge,
  type Claim,
  LEASE_MS,
  chargesOfOrder,
  claimCharge,
  findCharge,
  releaseCharge,
  settleCharge,
} from './charges.ts';
import { type ChargeView, type MakeReceipt, contract } from './contract.ts';
import type { Payments } from './payments.ts';
import type { Payment, PaymentProvider } from './provider/provider.ts';
import { refundCharge } from './refunds.ts';

type Parts = { db: Database; provider: PaymentProvider; payments: Payments; makeReceipt: MakeReceipt };

/** The routes of billing: charges and refunds. */
export function routes({ db, provider, payments, makeReceipt }: Parts): Route[] {
  /** Pays and writes the outcome, whether or not the caller still waits: its budget does not count any more. */
  const execute = (claim: Claim, payment: Payment): Promise<Charge> =>
    withContext(LEASE_MS, async () => {
      try {
        const outcome = await provider.pay(payment);
        const receipt = outcome.status === 'succeeded' ? makeReceipt(payment.amount) : null;
        return await settleCharge(db, claim, { ...outcome, receipt });
      } catch (error) {
        // If the database has failed, the lease ends by itself.
        await releaseCharge(db, claim).catch(() => undefined);
        throw error;
      }
    });

  return [
    route(contract.createCharge, async ({ headers, body }, res) => {
      const command = { caller: caller(), key: headers['idempotency-key'], hash: requestHash(body), request: body };
      const { charge, claim } = await claimCharge(db, command);
      const { amount, paymentMethod: method } = body;
      const settled = claim ? await payments.track(() => execute(claim, { id: claim.id, amount, method })) : charge;
      if (!claim) res.set('Idempotent-Replayed', 'true');
      if (settled.status === 'declined')
        throw new Problem('payment-declined', {
          extra: { reason: settled.reason, charge: view(settled), servedBy: servedBy() },
        });
      answer(res, 201, { charge: view(settled) });
    }),
    route(contract.listCharges, async ({ query }, res) => {
      answer(res, 200, { charges: (await chargesOfOrder(db, query.orderId)).map(view) });
    }),
    route(contract.showCharge, async ({ params }, res) => {
      answer(res, 200, { charge: view(await findCharge(db, params.id)) });
    }),
    route(contract.refundCharge, async ({ headers, params: { id: chargeId }, body: { amount } }, res) => {
      const hash = requestHash({ chargeId, amount });
      const command = { chargeId, caller: caller(), key: headers['idempotency-key'], hash, amount };
      const { refund, replayed } = await refundCharge(db, command);
      if (replayed) res.set('Idempotent-Replayed', 'true');
      answer(res, 201, {
        refund: { id: refund.id, chargeId, amount: { currency: amount.currency, minor: refund.minor } },
      });
    }),
  ];
}

function view({ id, orderId, status, reason, minor, currency, receipt }: Charge): ChargeView {
  return { id, orderId, status, reason, amount: { currency, minor }, ...(receipt && { receipt }) };
}
