import { useShop } from '../shop/useShop.ts';
import { Basket } from './Basket.tsx';
import { Header } from './Header.tsx';
import { ProductList } from './ProductList.tsx';
import { PurchaseStatus } from './PurchaseStatus.tsx';
import { Receipts } from './Receipts.tsx';
import { TallyTable } from './TallyTable.tsx';

/** The whole page: the products on one side, basket and purchases on the other. */
export function App() {
  const shop = useShop();
  return (
    <>
      <a class="skip" href="#basket">
        Skip to the basket
      </a>
      <Header {...shop} />
      <main>
        <ProductList {...shop} />
        <div class="side">
          <Basket {...shop} />
          <PurchaseStatus {...shop} />
          <Receipts {...shop} />
          <TallyTable tally={shop.state.tally} />
        </div>
      </main>
      <footer>
        <p>A demonstration: nothing is sold, no card number exists, and every answer says which service gave it.</p>
      </footer>
    </>
  );
}
