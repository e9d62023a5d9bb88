import type { Money, Receipt } from './types.ts';

/** A price as Norwegians write it: `1 299 kr`, and the øre only where there are some. */
export function price({ currency, minor }: Money): string {
  const whole = minor % 100 === 0;
  return new Intl.NumberFormat('nb-NO', {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  }).format(minor / 100);
}

/** A receipt in words, with the VAT where it shows it. */
export function receiptText({ amount, vat }: Receipt): string {
  const paid = `Paid ${price(amount)}`;
  return vat ? `${paid}, of which ${price({ ...amount, minor: vat.vat })} VAT (${vat.ratePercent} %)` : paid;
}

/** A duration in milliseconds, rounded so that it can be read at a glance. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** The first eight characters of an id: enough to distinguish orders on one screen. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
