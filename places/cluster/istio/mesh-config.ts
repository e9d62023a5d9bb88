import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../repository.ts';

/** A tracing provider with its settings, such as `{ name: zipkin, zipkin: { service, port, … } }`. */
export interface Provider {
  name: string;
  [type: string]: unknown;
}

export interface MeshConfig {
  extensionProviders?: Provider[];
  [field: string]: unknown;
}

/** The content of istio/mesh-config.yaml. */
export function readMeshConfig(): MeshConfig {
  return parse(readFileSync(join(ROOT, 'istio/mesh-config.yaml'), 'utf8')) as MeshConfig;
}
