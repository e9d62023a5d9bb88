import { kubectl, list } from './kubectl.ts';

interface Service {
  spec: { clusterIP: string; ports: { port: number; nodePort?: number }[] };
  status: { loadBalancer: { ingress?: { ip?: string; hostname?: string }[] } };
}
interface Node {
  status: { addresses: { type: string; address: string }[] };
}

/**
 * Where requests enter the cluster: GATEWAY_URL, the load balancer's address, a node port, or the Service's own address
 * where this machine has a route to it. Throws one sentence when none of them answers.
 */
export async function gatewayUrl(given = process.env['GATEWAY_URL']): Promise<string> {
  const candidates = given ? [given.replace(/\/$/, '')] : await addresses();
  for (let tries = 0; tries < 40; tries++) for (const url of candidates) if (await answers(url)) return url;
  throw new Error(`The gateway answers at none of ${candidates.join(', ')}. Set GATEWAY_URL to where it does.`);
}

async function addresses(): Promise<string[]> {
  const { spec, status } = JSON.parse(await kubectl(['get', 'service', 'gateway', '-o', 'json'])) as Service;
  const [port] = spec.ports;
  const balancers = (status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname!);
  const nodes = (await list<Node>('nodes')).flatMap(({ status: { addresses: all } }) =>
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
