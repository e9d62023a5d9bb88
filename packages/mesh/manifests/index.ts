/** Reads YAML into objects with file and line, and rejects fields that are not modelled. */
export { ANNOTATIONS } from './istio-names/annotations.ts';
export { LABELS } from './istio-names/labels.ts';
export { fieldPath } from './schema-error.ts';
export { readManifest } from './read-manifest.ts';
export { SCHEMAS, withBody } from './kinds/schemas.ts';
export { placeOf } from './fields/place.ts';
export { REFUSED, insteadOfField } from './fields/refused.ts';
export type { Container, EnvVar } from './kinds/container.ts';
export type { PodSpec, PodTemplate } from './kinds/pod.ts';
export type { Probe } from './kinds/probe.ts';
export { asKind, podTemplateOf, secretData } from './kinds/typed.ts';
export { listKustomization, readKustomization } from './kustomization.ts';
export { matches } from './labels.ts';
export { readMeshConfig, type MeshConfig } from './mesh-config.ts';
export { findWarnings } from './warnings.ts';
export { ManifestError, refOf, type Ref, type Resource } from './resource.ts';
export { readText } from './text.ts';
export { parseYaml } from './yaml.ts';
