import { isDeepStrictEqual } from 'node:util';
import { refOf, type Resource } from '../manifests/resource.ts';
import type { MeshConfig } from '../manifests/mesh-config.ts';
import { findWorkload, type WorkloadRef } from '../model/mesh.ts';
import type { translate } from '../envoy/configuration.ts';
import type { Placement } from '../envoy/placement.ts';
import type { createMesh } from '../model/create-mesh.ts';
import type { ResourceType } from './xds/resource-type.ts';

const keyOf = (resource: Resource) => JSON.stringify(refOf(resource));

/**
 * The changed objects that have a part in a result: without the change of any of them the result is another.
 * @param resultOf what the objects come to, for example a listener of one proxy
 */
export function objectsBehind<T>(
  { before, after }: { before: readonly Resource[]; after: readonly Resource[] },
  resultOf: (objects: readonly Resource[]) => T,
): Resource[] {
  const known = new Map(before.map((object) => [keyOf(object), object]));
  const changed = after.filter((object) => {
    const was = known.get(keyOf(object));
    return was === undefined || !isDeepStrictEqual(was.body, object.body);
  });
  if (changed.length < 2) return changed;
  const result = resultOf(after);
  return changed.filter((object) => {
    const was = known.get(keyOf(object));
    const without = after.flatMap((one) => (one !== object ? [one] : was === undefined ? [] : [was]));
    try {
      return !isDeepStrictEqual(resultOf(without), result);
    } catch {
      // Without it the other objects cannot be translated, so the result cannot be the same.
      return true;
    }
  });
}

interface Refused {
  type: ResourceType;
  name: string;
  pod: { workload: WorkloadRef; placement: Placement } | undefined;
}

interface Maker {
  createMesh: typeof createMesh;
  translate: typeof translate;
  config: MeshConfig;
}

/** Makes the function that says what a resource of a proxy would be; undefined where there would be none. */
export function resourceMaker({ type, name, pod }: Refused, by: Maker) {
  return (objects: readonly Resource[]): unknown => {
    const mesh = by.createMesh(objects, by.config);
    const workload = pod && findWorkload(mesh, pod.workload);
    if (pod === undefined || workload === undefined || type === 'endpoints' || type === 'secrets') return undefined;
    return by.translate(mesh, workload, pod.placement)[type].find((one) => one.name === name);
  };
}
