import { price, receiptText, shortId } from '../shop/format.ts';
import type { Receipt } from '../shop/state.ts';
import { trail } from '../shop/trail.ts';
import type { Product } from '../shop/types.ts';
import { ServerTiming } from './ServerTiming.tsx';
import { Suggestions } from './Suggestions.tsx';
import { Trail } from './Trail.tsx';

interface Props {
  receipt: Receipt;
  products: readonly Product[];
  /** Given for the newest purchase only: it may propose what goes with it. */
  onAdd?: (sku: string) => void;
}

/** One purchase with the path of its request. */
export function ReceiptCard({ receipt: { verdict, answer }, products, onAdd }: Props) {
  const { order, recommendations = [], degraded } = answer.body;
  const way = trail(answer);
  return (
    <article class="receipt">
      {order && (
        <h3>
          Order {shortId(order.id)} <span class={verdict === 'confirmed' ? 'tag good' : 'tag bad'}>{verdict}</span>{' '}
          <span class="price">{price(order.amount)}</span>
        </h3>
      )}
      {order?.receipt && <p class="paid">{receiptText(order.receipt)}</p>}
      {way && <Trail start={way} />}
      <ServerTiming header={answer.serverTiming} />
      {degraded && <p class="quiet">Served without recommendations: that service did not answer.</p>}
      {onAdd && (
        <Suggestions title="For the next trip" recommendations={recommendations} products={products} onAdd={onAdd} />
      )}
    </article>
  );
}
