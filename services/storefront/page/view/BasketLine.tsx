import { MOST } from '../shop/basket.ts';
import { price } from '../shop/format.ts';
import type { Item, Product } from '../shop/types.ts';

interface Props {
  item: Item;
  product: Product | undefined;
  locked: boolean;
  onQuantity: (sku: string, quantity: number) => void;
}

/** One line of the basket; one less than one takes it out. */
export function BasketLine({ item: { sku, quantity }, product, locked, onQuantity }: Props) {
  const name = product?.name ?? sku;
  return (
    <li>
      <span class="name">{name}</span>
      <span class="quantity">
        <button aria-label={`One ${name} less`} disabled={locked} onClick={() => onQuantity(sku, quantity - 1)}>
          −
        </button>
        <span aria-label={`Quantity: ${quantity}`} role="img">
          {quantity}
        </span>
        <button
          aria-label={`One ${name} more`}
          disabled={locked || quantity >= MOST}
          onClick={() => onQuantity(sku, quantity + 1)}
        >
          +
        </button>
      </span>
      {product && <span class="price">{price({ ...product.price, minor: product.price.minor * quantity })}</span>}
    </li>
  );
}
