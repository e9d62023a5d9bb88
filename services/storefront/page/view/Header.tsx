import { count } from '../shop/basket.ts';
import type { Shop } from '../shop/useShop.ts';
import { Contours } from './Contours.tsx';
import { CustomerChoice } from './CustomerChoice.tsx';

/** The shop's name, painted as trails are marked in Norway: a red T on a cairn. */
export function Header({ state, actions }: Shop) {
  return (
    <header>
      <Contours />
      <div class="brand">
        <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
          <path
            class="cairn"
            d="M6 44q-4-1-3-5 1-3 5-3h32q5 0 5 4t-5 4zM10 35q-4-5 0-12 6-9 14-9t14 9q4 7 0 12zM17 13q-3-5 1-8 6-3 12 0 4 3 1 8z"
          />
          <path class="mark" d="M14 18h20v5.5h-7V34h-6V23.5h-7z" />
        </svg>
        <div>
          <h1>Tirsdag</h1>
          <p>Gear for trips on ordinary days</p>
        </div>
      </div>
      <nav aria-label="Shop">
        <CustomerChoice state={state} actions={actions} />
        {/* Asks the gateway for the next release: a cookie that its routes look at. */}
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={state.nextRelease}
            onChange={(event) => actions.setNextRelease(event.currentTarget.checked)}
          />
          <span class="track" aria-hidden="true" />
          <span>release: next</span>
        </label>
        <a class="to-basket" href="#basket">
          Basket <span class="count">{count(state.basket)}</span>
        </a>
      </nav>
    </header>
  );
}
