import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { Failure } from '../../failure.ts';
import { readMeshConfig } from '../istio/mesh-config.ts';
import type { MeshConfig } from '../istio/mesh-config.ts';
import type { Check } from './check.ts';

/** The mesh has our tracing providers. Istio accepts a Telemetry that names an unknown one, but no proxy sends a span then. */
export const tracing: Check = {
  title: 'tracing',
  async look(kubectl) {
    const { data } = await kubectl.json<{ data?: { mesh?: string } }>(
      'get',
      'configmap',
      'istio',
      '--namespace=istio-system',
      '--ignore-not-found',
    );
    const there = (parse(data?.mesh ?? '') as MeshConfig | null)?.extensionProviders ?? [];
    const wanted = readMeshConfig().extensionProviders ?? [];
    const missing = wanted.filter((provider) => !there.some((one) => isDeepStrictEqual(one, provider)));
    if (missing.length > 0)
      throw new Failure(
        `Istio's mesh configuration lacks tracing providers of istio/mesh-config.yaml: ${missing.map(({ name }) => name).join(', ')}.`,
        'npm run istio:install',
      );
    return `providers ${wanted.map(({ name }) => name).join(', ')}, as in istio/mesh-config.yaml`;
  },
};
