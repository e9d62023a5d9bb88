import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const MESH_CONFIG = fileURLToPath(new URL('../../istio/mesh-config.yaml', import.meta.url));

interface Operator {
  spec: { meshConfig?: Record<string, unknown>; [field: string]: unknown };
}

/**
 * Puts the shop's MeshConfig (istio/mesh-config.yaml) into an IstioOperator document, the input of `istioctl install -f`:
 * the file's fields replace those of the document, which keeps all others.
 */
export function withMeshConfig(operator: string, meshConfig = readFileSync(MESH_CONFIG, 'utf8')): string {
  const document = parse(operator) as Operator;
  document.spec.meshConfig = { ...document.spec.meshConfig, ...(parse(meshConfig) as Record<string, unknown>) };
  return stringify(document);
}

// node test/support/istio-operator.ts INSTALLATION.yaml > operator.yaml
if (import.meta.main) process.stdout.write(withMeshConfig(readFileSync(process.argv[2]!, 'utf8')));
