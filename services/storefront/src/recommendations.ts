import { answer, type Callee, type Handler, hops, Problem, recommendationSchema } from '@tuesday/service';
import { z } from 'zod';
import type { contract } from './contract.ts';

const answerSchema = z.looseObject({ recommendations: z.array(recommendationSchema) });

/**
 * Calls recommendations, which is not reachable from outside, and returns its answer with the evidence of the call. Passes
 * its 4xx answers on unchanged; throws Problem upstream-* for everything else.
 */
export function askRecommendations(recommendations: Callee): Handler<typeof contract.recommend> {
  return async function handleRecommendations({ query: { sku = [], limit } }, res) {
    const query = new URLSearchParams(sku.map((one) => ['sku', one]));
    if (limit) query.append('limit', `${limit}`);
    const { status, body } = await recommendations.call({ method: 'GET', path: `/recommendations?${query}` });
    if (status >= 400) return void res.status(status).type('application/problem+json').send(JSON.stringify(body));
    const known = answerSchema.safeParse(body);
    if (!known.success)
      throw new Problem('upstream-failed', {
        detail: 'recommendations answered in another shape.',
        cause: known.error,
      });
    answer(res, 200, { recommendations: known.data.recommendations, hops: hops() });
  };
}
