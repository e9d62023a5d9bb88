import { fqdnOf } from '@tuesday/mesh/model';

/** The last part of an address is 1 to 254. */
const PER_BLOCK = 254;

/** The addresses of Services; they have a meaning inside pods only. */
export interface ServiceAddresses {
  of(namespace: string, name: string): string;
  /** By the full name; undefined for a host that is not of the cluster. */
  ofHost(fqdn: string): string | undefined;
}

/** Gives each Service an address of its own, which it keeps: a pod may have it in its environment. */
export function serviceAddresses(): ServiceAddresses {
  const known = new Map<string, string>();
  function ofHost(fqdn: string): string | undefined {
    if (!fqdn.endsWith('.svc.cluster.local')) return undefined;
    const address = known.get(fqdn) ?? addressAt(known.size);
    known.set(fqdn, address);
    return address;
  }
  return { of: (namespace, name) => ofHost(fqdnOf(name, namespace)) ?? '', ofHost };
}

function addressAt(index: number): string {
  return `240.240.${Math.floor(index / PER_BLOCK) % 256}.${(index % PER_BLOCK) + 1}`;
}
