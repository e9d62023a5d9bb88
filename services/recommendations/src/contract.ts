import {
  type Contract,
  type Recommendation,
  hopSchema,
  problem,
  recommendationSchema,
  servedBySchema,
} from '@tuesday/service';
import { z } from 'zod';

/** What has been bought, as the database counts it: bounded answers, most frequent first, ties by sku. */
export interface Purchases {
  /** In how many of the latest orders each sku was, for the `limit` most frequent ones outside `except`. */
  mostBought(question: { except: string[]; limit: number }): Promise<{ sku: string; orders: number }[]>;
  /** In how many of the latest orders each sku was together with something in `basket`, likewise; none for an empty basket. */
  boughtTogether(question: { basket: string[]; limit: number }): Promise<{ sku: string; orders: number }[]>;
}

/**
 * Both versions have this shape, so both run the same contract tests.
 *
 * `basket`: skus already chosen, never recommended again. `limit`: most entries returned.
 */
export type Ranking = (
  purchases: Purchases,
  question: { basket: string[]; limit: number },
) => Promise<Recommendation[]>;

const sku = z.string().regex(/^[a-z0-9-]{1,40}$/, 'a sku has 1 to 40 of a-z, 0-9 and -');

const recommendationsQuery = z.strictObject({
  sku: z
    .union([sku.transform((one) => [one]), z.array(sku).max(20)])
    .default([])
    .describe('Skus in the basket; may be repeated.'),
  limit: z.coerce.number().int().min(1).max(12).default(4),
});

export const recommendationsSchema = z.strictObject({
  recommendations: z.array(recommendationSchema),
  servedBy: servedBySchema,
  hops: z.array(hopSchema).optional(),
});

/** A confirmed order, as checkout reports it, at least once. */
const purchaseSchema = z.strictObject({ orderId: z.uuid(), skus: z.array(sku).min(1).max(20) });
export type Purchase = z.infer<typeof purchaseSchema>;

const bad = problem('The request is not as the contract says.');

export const contract = {
  recommend: {
    method: 'get',
    path: '/recommendations',
    summary: 'Ranked products for a basket, with a reason each',
    request: { query: recommendationsQuery },
    responses: { 200: { description: 'Most fitting first.', schema: recommendationsSchema }, 400: bad },
  },
  recordPurchase: {
    method: 'post',
    path: '/purchases',
    summary: 'Counts a confirmed order once, however often it is reported',
    request: { body: purchaseSchema },
    responses: {
      202: {
        description: 'Counted, now or before.',
        schema: z.strictObject({ counted: z.boolean(), servedBy: servedBySchema }),
      },
      400: bad,
    },
  },
} satisfies Contract;
