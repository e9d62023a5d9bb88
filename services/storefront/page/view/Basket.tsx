import { total } from '../shop/basket.ts';
import { price } from '../shop/format.ts';
import { isOpen } from '../shop/purchase.ts';
import type { Shop } from '../shop/useShop.ts';
import { BasketLine } from './BasketLine.tsx';
import { PaymentChoice } from './PaymentChoice.tsx';
import { Suggestions } from './Suggestions.tsx';

/** The basket, recommendations for it, and the payment. */
export function Basket({ state, actions }: Shop) {
  const { basket, products } = state;
  const open = isOpen(state.purchase);
  return (
    <section class="panel basket" id="basket" tabIndex={-1} aria-labelledby="basket-title">
      <h2 id="basket-title">Basket</h2>
      {basket.length === 0 && <p class="quiet">Nothing in it yet.</p>}
      <ul>
        {basket.map((item) => (
          <BasketLine
            key={item.sku}
            item={item}
            product={products.find(({ sku }) => sku === item.sku)}
            locked={open}
            onQuantity={actions.setQuantity}
          />
        ))}
      </ul>
      {basket.length > 0 && (
        <p class="total">
          <span>Sum</span> <strong>{price(total(basket, products))}</strong>
        </p>
      )}
      <Suggestions
        title="Goes well with it"
        recommendations={state.recommendations}
        products={products}
        locked={open}
        onAdd={actions.add}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          actions.buy();
        }}
      >
        <PaymentChoice chosen={state.paymentMethod} locked={open} onChoose={actions.payWith} />
        <button class="main" type="submit" disabled={open || basket.length === 0}>
          Buy
        </button>
      </form>
    </section>
  );
}
