import { createHash } from 'node:crypto';

/** A fingerprint of a request that a schema has read, so that fields stand in the schema's order however they were sent. */
export function requestHash(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
