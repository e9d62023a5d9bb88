import { type Callee, log, recommendationSchema } from '@tuesday/service';
import { z } from 'zod';
import type { Order, Suggestions } from './contract.ts';
import { failureOf } from './permanent-failure.ts';

const answerSchema = z.object({ recommendations: z.array(recommendationSchema) });

/** Recommendations for these items. Never throws: a purchase does not fail for lack of recommendations. */
export async function suggest(recommendations: Callee, items: Order['items']): Promise<Suggestions> {
  const query = new URLSearchParams([...items.map(({ sku }) => ['sku', sku]), ['limit', '4']]);
  try {
    const { status, body } = await recommendations.call({ method: 'GET', path: `/recommendations?${query}` });
    if (status !== 200) throw new Error(`recommendations answered ${status}`);
    return { recommendations: answerSchema.parse(body).recommendations, degraded: false };
  } catch (error) {
    log().warn({ reason: error }, 'no recommendations');
    return { recommendations: [], degraded: true };
  }
}

/** Reports a confirmed order. Throws a Problem unless it was accepted, PermanentFailure where it never will be. */
export async function reportPurchase(
  recommendations: Callee,
  purchase: { orderId: string; skus: string[] },
): Promise<void> {
  const { status } = await recommendations.call({ method: 'POST', path: '/purchases', body: purchase });
  if (status !== 202) throw failureOf('recommendations', status);
}
