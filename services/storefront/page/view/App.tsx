import { count } from '../shop/basket.ts';
import { useShop } from '../shop/useShop.ts';
import { Basket } from './Basket.tsx';
import { Header } from './Header.tsx';
import { ProductList } from './ProductList.tsx';
import { PurchaseStatus } from './PurchaseStatus.tsx';
import { Receipts } from './Receipts.tsx';
import { TallyTable } from './TallyTable.tsx';

/** The whole page: the products on one side, basket and purchases on the other. */
export function App() {
  const { state, actions } = useShop();
  return (
    <>
      <a class="skip" href="#basket">
        Skip to the basket
      </a>
      <Header inBasket={count(state.basket)} nextRelease={state.nextRelease} onRelease={actions.setNextRelease} />
      <main>
        <ProductList state={state} actions={actions} />
        <div class="side">
          <Basket state={state} actions={actions} />
          <PurchaseStatus purchase={state.purchase} latest={state.receipts[0]} onAskAgain={actions.askAgain} />
          <Receipts receipts={state.receipts} products={state.products} onAdd={actions.add} />
          <TallyTable tally={state.tally} />
        </div>
      </main>
      <footer>
        <p>A demonstration: nothing is sold, no card number exists, and every answer says which service gave it.</p>
      </footer>
    </>
  );
}
