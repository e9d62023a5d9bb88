import {
  type Contract,
  type Hop,
  type Receipt,
  type Recommendation,
  customerIdSchema,
  hopSchema,
  idempotencyKeySchema,
  moneySchema,
  paymentMethodSchema,
  problem,
  receiptSchema,
  recommendationSchema,
  servedBySchema,
} from '@tuesday/service';
import { z } from 'zod';

export const productSchema = z.strictObject({
  sku: z.string(),
  name: z.string(),
  description: z.string(),
  price: moneySchema,
  image: z.string().describe('A whole SVG document, as text.'),
});
export type Product = z.infer<typeof productSchema>;

const itemSchema = z.strictObject({ sku: z.string().min(1).max(40), quantity: z.int().min(1).max(20) });

export const checkoutSchema = z.strictObject({
  items: z
    .array(itemSchema)
    .min(1)
    .max(20)
    .refine(
      (items) => new Set(items.map(({ sku }) => sku)).size === items.length,
      'each sku may stand in one line only',
    ),
  paymentMethod: paymentMethodSchema,
});
export type CheckoutRequest = z.infer<typeof checkoutSchema>;

export const orderSchema = z.strictObject({
  id: z.uuid(),
  status: z.enum(['pending', 'confirmed', 'declined', 'failed']),
  amount: moneySchema,
  items: z.array(itemSchema),
  createdAt: z.iso.datetime(),
  receipt: receiptSchema.optional().describe('Of the charge, as billing gave it; its v2 shows the VAT separately.'),
});
export type Order = z.infer<typeof orderSchema>;

/** The answer of recommendations; `degraded` when there was none in time, and the list is empty for that reason. */
export interface Suggestions {
  recommendations: Recommendation[];
  degraded: boolean;
}

/** The outcome from billing, and its receipt for a charge. */
export interface Decision {
  status: 'confirmed' | 'declined' | 'failed';
  receipt?: Receipt;
}

/** The calls that a purchase makes. `charge` throws a Problem when the outcome is unknown; `suggest` never throws. */
export interface PurchaseSteps {
  charge(): Promise<Decision>;
  suggest(): Promise<Suggestions>;
}

/** The difference between v1 and v2: the order of a purchase's calls. Both have this shape, so both run the same contract tests. */
export type Purchase = (steps: PurchaseSteps) => Promise<{ decision: Decision; suggested: Suggestions }>;

/** A final answer as it is stored for repeated requests: 201 or 402. */
export interface Outcome {
  status: 201 | 402;
  body: { order: Order; hops: Hop[] } & Partial<Suggestions>;
}

const evidence = { servedBy: servedBySchema };

export const contract = {
  listProducts: {
    method: 'get',
    path: '/products',
    summary: 'What the shop sells',
    responses: {
      200: { description: 'All products.', schema: z.strictObject({ products: z.array(productSchema), ...evidence }) },
    },
  },
  checkOut: {
    method: 'post',
    path: '/checkout',
    summary: 'Buys once for each key, however often it is repeated',
    request: {
      headers: z.object({ 'idempotency-key': idempotencyKeySchema, 'x-customer-id': customerIdSchema }),
      body: checkoutSchema,
    },
    responses: {
      201: {
        description: 'Bought, now or before.',
        schema: z.strictObject({
          order: orderSchema,
          recommendations: z.array(recommendationSchema),
          degraded: z.boolean(),
          hops: z.array(hopSchema),
          ...evidence,
        }),
      },
      400: problem('The request is not as the contract says, or names an unknown product.'),
      402: problem('The payment was declined, now or before; the order is in `order`.'),
      409: problem('The same purchase is still being worked on; ask again with the same key.'),
      413: problem('The body is larger than 16 kB.'),
      415: problem('The body is not JSON.'),
      422: problem('The key was used for another purchase.'),
      502: problem('Billing gave no usable answer; ask again with the same key.'),
      503: problem('Billing or the database is not available; ask again with the same key.'),
      504: problem('Billing did not answer in time; ask again with the same key.'),
    },
  },
  showOrder: {
    method: 'get',
    path: '/orders/{id}',
    summary: 'One of the customer’s own orders',
    request: {
      headers: z.object({ 'x-customer-id': customerIdSchema }),
      params: z.object({ id: z.uuid('order-not-found') }),
    },
    responses: {
      200: { description: 'The order.', schema: z.strictObject({ order: orderSchema, ...evidence }) },
      400: problem('The header x-customer-id is missing.'),
      404: problem('The customer has no such order.'),
    },
  },
} satisfies Contract;
