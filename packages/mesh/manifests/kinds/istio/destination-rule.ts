import { envelope, strict, uniqueBy } from '../schema.ts';
import { hostName, subsetName, tags } from './shared.ts';
import { trafficPolicy } from './traffic-policy.ts';

const subset = strict({ name: subsetName, labels: tags.default({}), trafficPolicy: trafficPolicy.optional() });

/** The traffic policy for calls to a host, and the host's subsets by label (istio.io, Destination Rule). */
export const destinationRule = strict({
  ...envelope,
  spec: strict({
    host: hostName,
    subsets: uniqueBy(subset, 'name').default([]),
    trafficPolicy: trafficPolicy.optional(),
  }),
});
