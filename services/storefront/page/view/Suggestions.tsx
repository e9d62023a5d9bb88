import type { Product, Recommendation } from '../shop/types.ts';

interface Props {
  title: string;
  recommendations: readonly Recommendation[];
  products: readonly Product[];
  locked?: boolean;
  onAdd: (sku: string) => void;
}

/** The recommendations, each with its reason; empty when there are none. */
export function Suggestions({ title, recommendations, products, locked = false, onAdd }: Props) {
  const known = recommendations.flatMap(({ sku, reason }) => {
    const product = products.find((one) => one.sku === sku);
    return product ? [{ sku, reason, name: product.name }] : [];
  });
  if (known.length === 0) return null;
  return (
    <div class="suggestions">
      <h3>{title}</h3>
      <ul>
        {known.map(({ sku, reason, name }) => (
          <li key={sku}>
            <span>
              {name} <span class="quiet">{reason}</span>
            </span>
            <button aria-label={`Add ${name} too`} disabled={locked} onClick={() => onAdd(sku)}>
              Add
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
