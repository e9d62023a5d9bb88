import { isOpen } from '../shop/purchase.ts';
import type { Shop } from '../shop/useShop.ts';
import { ProductCard } from './ProductCard.tsx';

/** All products, or why there are none. */
export function ProductList({ state, actions }: Shop) {
  return (
    <section class="catalogue" aria-labelledby="catalogue-title">
      <h2 id="catalogue-title">What we carry</h2>
      {state.catalogue === 'loading' && <p role="status">Fetching the catalogue …</p>}
      {state.catalogue === 'failed' && (
        <p role="alert">
          The catalogue did not come. <button onClick={() => void actions.reload()}>Try again</button>
        </p>
      )}
      <ul class="products">
        {state.products.map((product) => (
          <ProductCard key={product.sku} product={product} locked={isOpen(state.purchase)} onAdd={actions.add} />
        ))}
      </ul>
    </section>
  );
}
