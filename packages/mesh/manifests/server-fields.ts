/** What an API server writes into the metadata of an object. Source: Kubernetes API, ObjectMeta, "Populated by the system". */
export const SET_BY_SERVER = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * An object as `kubectl get -o yaml` prints it, without what only a server writes: `status`, and fields of `metadata`, also in
 * the templates of pods and claims. What is left can be applied.
 */
export function withoutServerFields(object: Record<string, unknown>): Record<string, unknown> {
  const { status: _status, metadata, spec, ...rest } = object;
  return {
    ...rest,
    ...(metadata !== undefined && { metadata: ofMetadata(metadata) }),
    ...(spec !== undefined && { spec: ofSpec(spec) }),
  };
}

function ofMetadata(metadata: unknown): unknown {
  if (!isMapping(metadata)) return metadata;
  const { annotations, ...rest } = without(metadata, SET_BY_SERVER);
  if (!isMapping(annotations)) return annotations === undefined ? rest : { ...rest, annotations };
  const kept = without(annotations, [LAST_APPLIED]);
  return Object.keys(kept).length === 0 && LAST_APPLIED in annotations ? rest : { ...rest, annotations: kept };
}

function ofSpec(spec: unknown): unknown {
  if (!isMapping(spec)) return spec;
  const { template, volumeClaimTemplates: claims } = spec;
  return {
    ...spec,
    ...(isMapping(template) && { template: withMetadata(template) }),
    ...(Array.isArray(claims) && {
      volumeClaimTemplates: claims.map((one) => (isMapping(one) ? withoutServerFields(one) : one)),
    }),
  };
}

function withMetadata(template: Record<string, unknown>): Record<string, unknown> {
  return 'metadata' in template ? { ...template, metadata: ofMetadata(template['metadata']) } : template;
}

function without(object: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
