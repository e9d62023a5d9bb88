import { z } from 'zod';
import { matches } from '../labels.ts';
import { container, seccompProfile } from './container.ts';
import { quantity } from './quantity.ts';
import {
  annotations,
  count,
  count64,
  dnsLabel,
  exactlyOne,
  labels,
  objectName,
  only,
  strict,
  uniqueBy,
} from './schema.ts';

const mode = count.max(0o777, { error: 'must be from 0 to 511, which is 0777 in octal' });
const items = z.array(strict({ key: z.string(), path: z.string(), mode: mode.optional() })).optional();
const files = { items, defaultMode: mode.optional(), optional: z.boolean().default(false) };

const volume = strict({
  name: dnsLabel,
  emptyDir: strict({
    medium: z.enum(['', 'Memory'], { error: 'must be "" or "Memory" (others are not modelled locally)' }).optional(),
    sizeLimit: quantity.optional(),
  }).optional(),
  secret: strict({ secretName: z.string(), ...files }).optional(),
  configMap: strict({ name: z.string(), ...files }).optional(),
}).refine(exactlyOne('emptyDir', 'secret', 'configMap'), { error: 'must have one of emptyDir, secret and configMap' });

const securityContext = strict({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: count.optional(),
  runAsGroup: count.optional(),
  fsGroup: count.optional(),
  fsGroupChangePolicy: z.enum(['Always', 'OnRootMismatch']).optional(),
  seccompProfile: seccompProfile.optional(),
});

/** A pod has one container here. The mesh adds the sidecar; init and helper containers are not modelled. */
const spec = strict({
  serviceAccountName: objectName.default('default'),
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: securityContext.optional(),
  terminationGracePeriodSeconds: count64.default(30),
  /** Whether its environment has the addresses of Services. */
  enableServiceLinks: z.boolean().default(true),
  restartPolicy: only('Always'),
  dnsPolicy: only('ClusterFirst'),
  schedulerName: only('default-scheduler'),
  /** The older name of serviceAccountName, which an API server writes beside it. */
  serviceAccount: z.string().optional(),
  containers: z
    .array(container)
    .min(1, { error: 'must name a container' })
    .max(1, { error: 'must be one container (pods of several are not modelled locally)' }),
  volumes: uniqueBy(volume, 'name').default([]),
}).superRefine(({ containers, terminationGracePeriodSeconds: most }, context) => {
  for (const [index, { lifecycle }] of containers.entries()) {
    if ((lifecycle?.preStop?.sleep.seconds ?? 0) <= most) continue;
    const path = ['containers', index, 'lifecycle', 'preStop', 'sleep', 'seconds'];
    context.addIssue({ code: 'custom', path, message: `must be at most ${most}, terminationGracePeriodSeconds` });
  }
});

export const podTemplate = strict({
  metadata: strict({ labels: labels.default({}), annotations: annotations.default({}) }),
  spec,
});

export const selector = strict({
  matchLabels: labels.refine((all) => Object.keys(all).length > 0, { error: 'must name a label' }),
});

/** True if a workload's selector selects its own pods. Kubernetes' API server rejects others too. */
export function selectsOwnPods(value: { selector: z.output<typeof selector>; template: PodTemplate }): boolean {
  return matches(value.template.metadata.labels, value.selector.matchLabels);
}

/** Adds an error for the first volume mount whose volume neither the pod nor the claims define. */
export function rejectUnknownVolume(context: z.RefinementCtx, { spec }: PodTemplate, claims: string[] = []): void {
  const known = [...spec.volumes.map((one) => one.name), ...claims];
  for (const [index, one] of spec.containers.entries()) {
    const mount = one.volumeMounts.findIndex(({ name }) => !known.includes(name));
    const path = ['template', 'spec', 'containers', index, 'volumeMounts', mount, 'name'];
    if (mount >= 0) return context.addIssue({ code: 'custom', path, message: 'must be one of the volumes of the pod' });
  }
}

export type PodTemplate = z.output<typeof podTemplate>;
export type PodSpec = PodTemplate['spec'];
