import type { Purchase } from './contract.ts';

/** Asks billing and recommendations at once: the customer waits for the slower of the two. */
export const purchase: Purchase = async ({ charge, suggest }) => {
  const [decision, suggested] = await Promise.all([charge(), suggest()]);
  return { decision, suggested };
};
