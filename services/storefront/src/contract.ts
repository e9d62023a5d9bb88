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

/** A session needs nothing; `customer` names a demo customer. */
const sessionRequestSchema = z.strictObject({ customer: z.string().min(1).max(64) }).optional();

const sessionHeadersSchema = z.object({
  cookie: z.string().optional().describe('The cookie "session": its customer keeps the name.'),
  'x-forwarded-proto': z.string().optional().describe('Written by the gateway; "https" makes the cookie Secure.'),
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
  openSession: {
    method: 'post',
    path: '/api/session',
    summary: 'Who the customer is: a token, in the cookie "session" and in the body',
    request: { headers: sessionHeadersSchema, body: sessionRequestSchema },
    responses: {
      201: {
        description:
          'The token of a new customer, of the one whose cookie came with the request, or of a demo customer',
        schema: z.strictObject({
          customer: z.string().describe('The `sub` of the token.'),
          token: z.string().describe('A JWT, for "Authorization: Bearer …" where there is no cookie.'),
          expiresIn: z.int().describe('Seconds.'),
          demoCustomers: z.array(z.string()),
          servedBy: servedBySchema,
        }),
      },
      400: problem('The request is not as described, or the demo customer does not exist'),
      413: problem('The body is larger than 16 kB'),
      415: problem('The body is not application/json'),
    },
  },
  signOut: {
    method: 'post',
    path: '/sign-out',
    summary: 'Removes the cookie, also one that the gateway refuses below /api',
    request: { headers: sessionHeadersSchema.omit({ cookie: true }) },
    responses: { 200: { description: 'The cookie is gone', schema: z.strictObject({ servedBy: servedBySchema }) } },
  },
} satisfies Contract;
