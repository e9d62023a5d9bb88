import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { createApi } from './api.ts';
import { cookie, readCookie, uuid } from './cookies.ts';
import { createCustomer } from './customer.ts';
import type { PurchaseRequest } from './purchase.ts';
import { initialState, reduce } from './state.ts';

const DAYS = 365;

/** The page's state and what can be done to it; called once, at the root. */
export function useShop() {
  const [state, dispatch] = useReducer(reduce, readCookie(document.cookie, 'release') === 'next', initialState);
  const { api, customer } = useMemo(() => {
    const api = createApi();
    return { api, customer: createCustomer(api, (session) => dispatch({ type: 'session', session })) };
  }, []);
  useEffect(() => void customer.renew(), []);
  useEffect(() => {
    if (!state.session) return;
    const timer = setTimeout(() => void customer.renew(), state.session.renewAfterMs);
    return () => clearTimeout(timer);
  }, [state.session]);

  const load = async () => dispatch({ type: 'catalogue', answer: await customer.ask(api.products) });
  useEffect(() => void load(), []);

  const skus = state.basket.map(({ sku }) => sku).join(' ');
  useEffect(() => {
    if (!skus) return dispatch({ type: 'recommendations', answer: undefined });
    const outdated = new AbortController();
    void customer
      .ask(() => api.recommendations(skus.split(' '), outdated.signal))
      .then((answer) => {
        if (!outdated.signal.aborted) dispatch({ type: 'recommendations', answer });
      });
    return () => outdated.abort();
  }, [skus]);

  // A second click may come before the first one has disabled the button: only a ref knows of it at once.
  const underWay = useRef(false);
  const ask = async (request: PurchaseRequest) => {
    underWay.current = true;
    const answer = await customer.checkOut(request);
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
    /** Becomes a demo customer, or, without a name, someone new. */
    become: (name?: string) => void (name === undefined ? customer.becomeSomeoneNew() : customer.become(name)),
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
