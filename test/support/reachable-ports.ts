import type { Place } from '../../places/place.ts';
import { NAMESPACE } from '../../places/repository.ts';

/** A port of a Service, or of a pod at its address. */
export interface ReachablePort {
  app: string;
  host: string;
  port: number;
  isHttp: boolean;
  isService: boolean;
}

interface Item {
  metadata: { name: string; labels: Record<string, string>; deletionTimestamp?: string };
  spec: {
    ports?: { port: number; appProtocol?: string }[];
    containers?: { name: string; ports?: { containerPort: number }[] }[];
    initContainers?: { name: string; ports?: { containerPort: number }[] }[];
  };
  status: { podIP?: string };
}

const isShops = ({ metadata }: Item) => metadata.labels?.['app'] !== undefined && !metadata.deletionTimestamp;

/** Every Service port and every container port of the shop's namespace, sidecars' ports included. */
export async function reachablePortsOf(shop: Place): Promise<ReachablePort[]> {
  const get = async (kind: string) =>
    (JSON.parse(await shop.command('get', kind, '-o', 'json')) as { items: Item[] }).items.filter(isShops);
  const services = (await get('services')).flatMap(({ metadata: { name, labels }, spec: { ports = [] } }) =>
    ports.map(({ port, appProtocol }) => ({
      app: labels['app']!,
      host: `${name}.${NAMESPACE}`, // this form works in every namespace
      port,
      isHttp: appProtocol === 'http',
      isService: true,
    })),
  );
  const pods = (await get('pods')).flatMap(({ metadata: { labels }, spec, status: { podIP = '' } }) =>
    [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
      .flatMap(({ ports = [] }) => ports)
      .map(({ containerPort: port }) => ({
        app: labels['app']!,
        host: podIP,
        port,
        isHttp: labels['app'] !== 'postgres' || port > 15_000,
        isService: false,
      })),
  );
  // injection declares 15090 only; the proxy listens on the other two as well
  const sidecars = pods
    .filter(({ port }) => port === 15_090)
    .flatMap((pod) => [15_020, 15_021].map((port) => ({ ...pod, port })));
  return [...services, ...pods, ...sidecars];
}
