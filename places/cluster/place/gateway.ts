import type { Kubectl } from '../kubectl/kubectl.ts';
import type { List } from '../kubectl/objects.ts';

interface Service {
  spec: { clusterIP: string; ports: { port: number; nodePort?: number }[] };
  status: { loadBalancer: { ingress?: { ip?: string; hostname?: string }[] } };
}
interface Node {
  status: { addresses: { type: string; address: string }[] };
}

/**
 * The URL of the gateway: `given` (the user's GATEWAY_URL), the load balancer's address, a node port, or the Service's own
 * address where this machine has a route to it. `kubectl` is in the shop's namespace. Throws one sentence
 * when none of them answers.
 */
export async function gatewayUrl(kubectl: Kubectl, given: string | undefined): Promise<string> {
  const candidates = given ? [given.replace(/\/$/, '')] : await addresses(kubectl);
  for (let tries = 0; tries < 40; tries++) for (const url of candidates) if (await answers(url)) return url;
  throw new Error(`The gateway answers at none of ${candidates.join(', ')}. Set GATEWAY_URL to where it does.`);
}

async function addresses(kubectl: Kubectl): Promise<string[]> {
  const { spec, status } = await kubectl.json<Service>('get', 'service', 'gateway');
  const [port] = spec.ports;
  const balancers = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname!);
  const nodes = (await kubectl.json<List<Node>>('get', 'nodes')).items.flatMap(({ status: { addresses: all } }) =>
    all.filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
  );
  return [
    ...balancers.map((host) => `http://${host}:${port!.port}`),
    ...(port!.nodePort ? nodes.map((host) => `http://${host}:${port!.nodePort}`) : []),
    `http://${spec.clusterIP}:${port!.port}`,
  ];
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/products`, { signal: AbortSignal.timeout(1_500) }).then(
    async (response) => (await response.arrayBuffer(), response.status === 200),
    () => new Promise((resolve) => setTimeout(() => resolve(false), 250)),
  );
}
