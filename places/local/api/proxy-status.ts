import type { RefusedBy, ResourceType, Synced } from '@tuesday/mesh/control';
import { podNameOf } from '../pods/pod-name.ts';
import { ApiError, type ApiShop } from './request.ts';

/** What one Envoy has of what the control plane has for it. */
export interface ProxyStatus {
  pod: string;
  namespace: string;
  states: Record<ResourceType, ReturnType<Synced['stateOf']>>;
  /** What it refuses; it keeps what it has accepted last. */
  refusals: Pick<RefusedBy, 'type' | 'name' | 'reason'>[];
}

const TYPES: readonly ResourceType[] = ['clusters', 'listeners', 'endpoints', 'routes', 'secrets'];

/** The state of every Envoy; 404 where there is no mesh. */
export function proxyStatus({ plane, pods }: Pick<ApiShop, 'plane' | 'pods'>): ProxyStatus[] {
  if (plane === undefined) throw new ApiError(404, 'There is no mesh: the shop was started with --no-mesh.');
  return pods.all().flatMap(({ name, namespace, proxy }) => {
    if (proxy === undefined) return [];
    const synced = plane.stateOf(proxy.node);
    const states = TYPES.map((type) => [type, synced?.stateOf(type) ?? 'NOT SENT']);
    return [{ pod: name, namespace, states: Object.fromEntries(states), refusals: synced?.refusals() ?? [] }];
  });
}

/** A sentence for each refusal: which Envoy, what, and why. */
export function refusalSentences({ plane, pods }: Pick<ApiShop, 'plane' | 'pods'>): string[] {
  return (plane?.refusals() ?? []).map(
    ({ node, type, name, reason }) =>
      `the Envoy of ${podNameOf(node, pods.all())} refuses ${type} ${name} and keeps what it had: ${reason}`,
  );
}
