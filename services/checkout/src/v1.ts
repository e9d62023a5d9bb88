import type { Purchase } from './contract.ts';

/** Asks billing, then recommendations: the customer waits for the sum of both. */
export const purchase: Purchase = async ({ charge, suggest }) => {
  const decision = await charge();
  const suggested = await suggest();
  return { decision, suggested };
};
