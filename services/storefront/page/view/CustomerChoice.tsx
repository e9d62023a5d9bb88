import { shortId } from '../shop/format.ts';
import { isOpen } from '../shop/purchase.ts';
import type { Shop } from '../shop/useShop.ts';

/** Who buys: this browser's own customer, or a demo customer. Orders belong to the customer who made them. */
export function CustomerChoice({ state: { session, purchase }, actions }: Shop) {
  if (!session) return null;
  const { customer, demoCustomers } = session;
  return (
    <label class="customer">
      <span>Customer</span>
      <select
        value={customer}
        // The outcome of an open purchase can be had by its own customer only.
        disabled={isOpen(purchase)}
        onChange={(event) => actions.become(event.currentTarget.value || undefined)}
      >
        {!demoCustomers.includes(customer) && <option value={customer}>{shortId(customer)}</option>}
        {demoCustomers.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="">someone new</option>
      </select>
    </label>
  );
}
