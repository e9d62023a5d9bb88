/** YAML in, objects with file and line out: what is not modelled is refused with a sentence. */
export { fieldPath } from './faults.ts';
export { readManifest } from './files.ts';
export { withBody } from './kinds/schemas.ts';
export { asKind, podTemplateOf, secretData } from './kinds/typed.ts';
export type { Container, EnvVar, PodSpec, PodTemplate, Probe } from './kinds/typed.ts';
export { listKustomization, readKustomization } from './kustomization.ts';
export { matches } from './labels.ts';
export { readMeshConfig } from './mesh-config.ts';
export type { MeshConfig } from './mesh-config.ts';
export { unresolved } from './references.ts';
export { ManifestError, refOf } from './resource.ts';
export type { Ref, Resource } from './resource.ts';
export { readText } from './text.ts';
export { parseYaml } from './yaml.ts';
