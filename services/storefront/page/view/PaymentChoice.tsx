import { PAYMENT_METHODS } from '../shop/payment.ts';

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
