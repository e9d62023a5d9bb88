import type { MakeReceipt } from './contract.ts';

/** What was paid. */
export const makeReceipt: MakeReceipt = (amount) => ({ amount });
