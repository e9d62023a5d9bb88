import { join } from 'node:path';
import { ROOT } from '../../repository.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';

/** The kinds that lessons change: `reset` deletes their objects that are not in the base. */
const LESSON_KINDS = [
  ...['virtualservices', 'destinationrules', 'gateways', 'serviceentries'].map((kind) => `${kind}.networking.istio.io`),
  ...['peerauthentications', 'requestauthentications', 'authorizationpolicies'].map(
    (kind) => `${kind}.security.istio.io`,
  ),
  'telemetries.telemetry.istio.io',
];

/** kubectl without a namespace, and in the shop's. */
export interface Kubectls {
  cluster: Kubectl;
  shop: Kubectl;
}

/** Resets Istio's objects, of which the overlay has those in `base`: lessons change no others. Gives kubectl's output. */
export async function resetToBase({ cluster, shop }: Kubectls, base: readonly string[]): Promise<string> {
  const printed = [await cluster.output(['apply', '-k', join(ROOT, 'istio/base')])];
  const there = namesIn(await shop.output(['get', LESSON_KINDS.join(','), '-o', 'name']));
  for (const name of there) if (!base.includes(name)) printed.push(await shop.output(['delete', name]));
  return printed.join('');
}

/** The objects in kubectl's output, such as `service/billing`: the first word of each line. */
export const namesIn = (printed: string) => printed.split('\n').flatMap((line) => line.split(' ')[0] || []);
