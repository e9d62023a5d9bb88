import type { MakeReceipt } from './contract.ts';
import { vatIncluded } from './vat.ts';

/** What was paid, and the value added tax (MVA) in it. */
export const makeReceipt: MakeReceipt = (amount) => ({ amount, vat: vatIncluded(amount) });
