import type { Shop } from '../shop/useShop.ts';
import { receiptsOf } from '../shop/state.ts';
import { ReceiptCard } from './ReceiptCard.tsx';

/** The purchases that this customer has made since the page was opened: the newest in full, those before it folded. */
export function Receipts({ state, actions }: Shop) {
  const { products } = state;
  const [latest, ...before] = receiptsOf(state);
  if (!latest) return null;
  return (
    <section class="panel receipts" aria-labelledby="receipts-title">
      <h2 id="receipts-title">Who served you</h2>
      <ReceiptCard key={latest.answer.body.order?.id} receipt={latest} products={products} onAdd={actions.add} />
      {before.length > 0 && (
        <details>
          <summary>Purchases before it ({before.length})</summary>
          {before.map((receipt) => (
            <ReceiptCard key={receipt.answer.body.order?.id} receipt={receipt} products={products} />
          ))}
        </details>
      )}
    </section>
  );
}
