import { price } from '../shop/format.ts';
import type { Product } from '../shop/types.ts';

interface Props {
  product: Product;
  /** True while a purchase is under way: the basket must not change then. */
  locked: boolean;
  onAdd: (sku: string) => void;
}

/** One product. Its drawing is shown as an image, so that nothing in it can act on the page. */
export function ProductCard({ product, locked, onAdd }: Props) {
  return (
    <li class="product">
      <img src={`data:image/svg+xml,${encodeURIComponent(product.image)}`} alt="" width="240" height="180" />
      <h3>{product.name}</h3>
      <p class="about">{product.description}</p>
      <p class="buy">
        <span class="price">{price(product.price)}</span>
        <button aria-label={`Add ${product.name} to the basket`} disabled={locked} onClick={() => onAdd(product.sku)}>
          Add
        </button>
      </p>
    </li>
  );
}
