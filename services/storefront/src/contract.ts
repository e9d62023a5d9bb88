import { type Contract, hopSchema, problem, recommendationSchema, servedBySchema } from '@tuesday/service';
import { z } from 'zod';

const sku = z.string().min(1).max(64);

/** The query: the basket's skus and the largest number of recommendations. */
const questionSchema = z.strictObject({
  sku: z
    .union([sku.transform((one) => [one]), z.array(sku).max(20)])
    .optional()
    .describe('Repeated: one for each product in the basket.'),
  limit: z.coerce.number().int().min(1).max(12).optional(),
});

/** The storefront's API; the page itself (`/` and `/assets/*`) is not part of it. */
export const contract = {
  recommend: {
    method: 'get',
    path: '/api/recommendations',
    summary: 'What goes with a basket, as the recommendations service ranks it',
    request: { query: questionSchema },
    responses: {
      200: {
        description: 'The best first, with who was asked',
        schema: z.strictObject({
          recommendations: z.array(recommendationSchema),
          hops: z.array(hopSchema),
          servedBy: servedBySchema,
        }),
      },
      400: problem('The question is not as described'),
      502: problem('recommendations gave no usable answer'),
      503: problem('recommendations is not available'),
      504: problem('recommendations did not answer in time'),
    },
  },
} satisfies Contract;
