import { z } from 'zod';

/** The service that gave an answer, and its caller. */
export const servedBySchema = z.strictObject({
  service: z.string(),
  version: z.string(),
  pod: z.string(),
  peer: z.string().nullable().describe("The caller's SPIFFE id, or null where the call did not come over mTLS."),
});
export type ServedBy = z.infer<typeof servedBySchema>;

/** One call between services. `ms`: how long its caller waited, in milliseconds. */
export const hopSchema = servedBySchema.extend({ calledBy: z.string(), ms: z.number() });
export type Hop = z.infer<typeof hopSchema>;
