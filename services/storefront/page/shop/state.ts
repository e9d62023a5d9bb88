import { add, setQuantity, type Basket } from './basket.ts';
import type { Session } from './customer.ts';
import { judge, proceed, type Purchase, type PurchaseEvent } from './purchase.ts';
import { countIn, type Tally } from './trail.ts';
import type { Answer, Item, Product, Recommendation } from './types.ts';

/** A settled purchase, with the evidence of its answer. */
export interface Receipt {
  verdict: 'confirmed' | 'declined';
  answer: Answer;
}

/** The whole state of the page; only `reduce` changes it. */
export interface State {
  products: readonly Product[];
  catalogue: 'loading' | 'ready' | 'failed';
  basket: Basket;
  recommendations: readonly Recommendation[];
  paymentMethod: string;
  nextRelease: boolean;
  /** Undefined until the shop has given one. */
  session: Session | undefined;
  purchase: Purchase;
  /** By customer; newest first, and no more than RECEIPTS of each. */
  receipts: Readonly<Record<string, readonly Receipt[]>>;
  tally: Tally;
}

const RECEIPTS = 5;

export type StateEvent =
  | { type: 'catalogue'; answer: Answer }
  | { type: 'recommendations'; answer: Answer | undefined }
  | { type: 'add'; sku: string }
  | { type: 'quantity'; item: Item }
  | { type: 'pay-with'; token: string }
  | { type: 'release'; next: boolean }
  | { type: 'session'; session: Session }
  | PurchaseEvent;

/** The state of a page that has just been opened. */
export function initialState(nextRelease: boolean): State {
  return {
    products: [],
    catalogue: 'loading',
    basket: [],
    recommendations: [],
    paymentMethod: 'tok_visa',
    nextRelease,
    session: undefined,
    purchase: { stage: 'none' },
    receipts: {},
    tally: {},
  };
}

/** The receipts of the present customer. */
export function receiptsOf({ session, receipts }: State): readonly Receipt[] {
  return receipts[session?.customer ?? ''] ?? [];
}

/** The state after an event. */
export function reduce(state: State, event: StateEvent): State {
  switch (event.type) {
    case 'catalogue':
      return withCatalogue(state, event.answer);
    case 'recommendations':
      if (!event.answer) return { ...state, recommendations: [] };
      return {
        ...state,
        recommendations: event.answer.body.recommendations ?? [],
        tally: countIn(state.tally, event.answer),
      };
    case 'add':
      return { ...state, basket: add(state.basket, event.sku) };
    case 'quantity':
      return { ...state, basket: setQuantity(state.basket, event.item) };
    case 'pay-with':
      return { ...state, paymentMethod: event.token };
    case 'release':
      return { ...state, nextRelease: event.next };
    case 'session':
      return { ...state, session: event.session };
    case 'buy':
    case 'ask-again':
      return { ...state, purchase: proceed(state.purchase, event) };
    case 'answer':
      return withAnswer(state, event);
  }
}

function withCatalogue(state: State, answer: Answer): State {
  const { products } = answer.body;
  if (answer.status !== 200 || !products) return { ...state, catalogue: 'failed' };
  return { ...state, products, catalogue: 'ready', tally: countIn(state.tally, answer) };
}

function withAnswer(state: State, event: PurchaseEvent & { type: 'answer' }): State {
  const purchase = proceed(state.purchase, event);
  if (purchase === state.purchase) return state;
  const verdict = judge(event.answer);
  const tally = countIn(state.tally, event.answer);
  if (verdict !== 'confirmed' && verdict !== 'declined') return { ...state, purchase, tally };
  const own = [{ verdict, answer: event.answer }, ...receiptsOf(state)].slice(0, RECEIPTS);
  const receipts = { ...state.receipts, [state.session?.customer ?? '']: own };
  // A declined basket stays, so that another way to pay can be tried.
  return { ...state, purchase, receipts, tally, basket: verdict === 'confirmed' ? [] : state.basket };
}
