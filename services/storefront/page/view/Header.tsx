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
          <path class="cairn" d="M4 42l5-8h30l5 8zM11 32l3-8h20l3 8zM16 22l4-8h8l4 8zM20 12l2-6h5l2 6z" />
          <path class="mark" d="M14 19h20v5h-7v14h-6V24h-7z" />
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
