import { z } from 'zod';

/** A recommended product, and why it is shown. */
export const recommendationSchema = z.strictObject({ sku: z.string(), reason: z.string() });
export type Recommendation = z.infer<typeof recommendationSchema>;
