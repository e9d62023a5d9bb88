import { Contours } from './Contours.tsx';
import { ReleaseSwitch } from './ReleaseSwitch.tsx';

interface Props {
  inBasket: number;
  nextRelease: boolean;
  onRelease: (next: boolean) => void;
}

/** The shop's name, painted as trails are marked in Norway: a red T on a cairn. */
export function Header({ inBasket, nextRelease, onRelease }: Props) {
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
        <ReleaseSwitch next={nextRelease} onChange={onRelease} />
        <a class="to-basket" href="#basket">
          Basket <span class="count">{inBasket}</span>
        </a>
      </nav>
    </header>
  );
}
