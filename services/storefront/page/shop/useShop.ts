import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { createApi } from './api.ts';
import { cookie, readCookie, uuid } from './cookies.ts';
import type { PurchaseRequest } from './purchase.ts';
import { initialState, reduce } from './state.ts';

const DAYS = 365;

/** The customer's id: kept in a cookie, made on the first visit. */
function customerId(): string {
  const known = readCookie(document.cookie, 'customer');
  const id = known || uuid();
  document.cookie = cookie('customer', id, DAYS);
  return id;
}

/** The page's state and what can be done to it; called once, at the root. */
export function useShop() {
  const [state, dispatch] = useReducer(reduce, readCookie(document.cookie, 'release') === 'next', initialState);
  const api = useMemo(() => createApi(customerId()), []);

  const load = async () => dispatch({ type: 'catalogue', answer: await api.products() });
  useEffect(() => void load(), []);

  const skus = state.basket.map(({ sku }) => sku).join(' ');
  useEffect(() => {
    if (!skus) return dispatch({ type: 'recommendations', answer: undefined });
    const outdated = new AbortController();
    void api.recommendations(skus.split(' '), outdated.signal).then((answer) => {
      if (!outdated.signal.aborted) dispatch({ type: 'recommendations', answer });
    });
    return () => outdated.abort();
  }, [skus]);

  // A second click may come before the first one has disabled the button: only a ref knows of it at once.
  const underWay = useRef(false);
  const ask = async (request: PurchaseRequest) => {
    underWay.current = true;
    const answer = await api.checkout(request);
    underWay.current = false;
    dispatch({ type: 'answer', key: request.key, answer });
  };

  const actions = {
    reload: load,
    add: (sku: string) => dispatch({ type: 'add', sku }),
    setQuantity: (sku: string, quantity: number) => dispatch({ type: 'quantity', item: { sku, quantity } }),
    payWith: (token: string) => dispatch({ type: 'pay-with', token }),
    setNextRelease: (next: boolean) => {
      document.cookie = next ? cookie('release', 'next', DAYS) : cookie('release', '', 0);
      dispatch({ type: 'release', next });
    },
    buy: () => {
      if (underWay.current) return;
      const request = { key: uuid(), items: state.basket, paymentMethod: state.paymentMethod };
      dispatch({ type: 'buy', request });
      void ask(request);
    },
    /** Repeats the purchase whose outcome is unknown, with its own key. */
    askAgain: () => {
      if (underWay.current || state.purchase.stage !== 'unknown') return;
      dispatch({ type: 'ask-again' });
      void ask(state.purchase.request);
    },
  };
  return { state, actions };
}

export type Shop = ReturnType<typeof useShop>;
