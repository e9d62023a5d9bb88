import type { PaymentMethod } from '../shop/types.ts';

/** The ways to pay: the name of each token, and what it does. */
const PAYMENT_METHODS: Record<PaymentMethod, { name: string; effect: string }> = {
  tok_visa: { name: 'Visa', effect: 'goes through' },
  tok_vipps: { name: 'Vipps', effect: 'goes through' },
  tok_declined: { name: 'Blocked card', effect: 'the bank declines it' },
  tok_insufficient_funds: { name: 'Empty account', effect: 'declined: insufficient funds' },
  tok_slow: { name: 'Slow bank', effect: 'takes 2 s, longer than the shop waits' },
  tok_lost: { name: 'Lost answer', effect: 'paid, and the answer is lost' },
  tok_away: { name: 'Bank away', effect: 'the bank is away for 3 s' },
};

interface Props {
  chosen: string;
  locked: boolean;
  onChoose: (token: string) => void;
}

/** The choice of a payment method, each with the name of its outcome. */
export function PaymentChoice({ chosen, locked, onChoose }: Props) {
  return (
    <fieldset class="payment" disabled={locked}>
      <legend>Pay with</legend>
      {Object.entries(PAYMENT_METHODS).map(([token, { name, effect }]) => (
        <label key={token}>
          <input
            type="radio"
            name="payment"
            value={token}
            checked={chosen === token}
            onChange={() => onChoose(token)}
          />
          <span>
            {name} <span class="quiet">{effect}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
