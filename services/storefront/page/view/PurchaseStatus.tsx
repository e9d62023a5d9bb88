import { price, shortId } from '../shop/format.ts';
import { type Receipt, receiptsOf } from '../shop/state.ts';
import type { Shop } from '../shop/useShop.ts';

const WHY = {
  late: 'The shop did not answer in time.',
  working: 'The shop is still working on this purchase.',
  failed: 'The shop could not answer.',
};

/** The outcome of the last purchase, announced to screen readers when it changes. */
export function PurchaseStatus({ state, actions }: Shop) {
  const { purchase } = state;
  const [latest] = receiptsOf(state);
  return (
    <section class="status" aria-label="Your purchase" aria-live="polite">
      {purchase.stage === 'asking' && <p class="note">Buying …</p>}
      {purchase.stage === 'refused' && <p class="note bad">Not bought: {purchase.detail}</p>}
      {purchase.stage === 'unknown' && (
        <div class="note open">
          <p>
            <strong>The outcome is not known yet.</strong> {WHY[purchase.why]} You may have been charged, or not; the
            same key finds out and never charges twice.
          </p>
          <button class="main" onClick={actions.askAgain}>
            Ask again with the same key
          </button>
        </div>
      )}
      {purchase.stage === 'none' && latest && <Settled receipt={latest} />}
    </section>
  );
}

function Settled({ receipt: { verdict, answer } }: { receipt: Receipt }) {
  const { order, detail, title } = answer.body;
  if (verdict === 'declined')
    return <p class="note bad">Declined: {detail ?? title ?? 'the payment was not accepted'}. Nothing was charged.</p>;
  return (
    <p class="note good">
      Bought{order && ` for ${price(order.amount)}, order ${shortId(order.id)}`}. Thank you, and have a good trip.
    </p>
  );
}
