import { z } from 'zod';
import { quantity } from './quantity.ts';
import { podTemplate, rejectUnknownVolume, selector, selectsOwnPods } from './pod.ts';
import { count, countOrPercent, dnsLabel, envelope, metadata, objectName, only, positive, strict } from './schema.ts';

const rollingUpdate = strict({
  maxSurge: countOrPercent.default('25%'),
  maxUnavailable: countOrPercent.default('25%'),
});

const strategy = strict({
  type: z.enum(['RollingUpdate', 'Recreate']).default('RollingUpdate'),
  rollingUpdate: rollingUpdate.optional(),
})
  .refine((value) => value.type !== 'Recreate' || value.rollingUpdate === undefined, {
    error: 'must not be set when type is Recreate',
    path: ['rollingUpdate'],
  })
  .refine((value) => !(isZero(value.rollingUpdate?.maxSurge) && isZero(value.rollingUpdate?.maxUnavailable)), {
    error: 'must not have both maxSurge and maxUnavailable at 0: no pod could ever be replaced',
    path: ['rollingUpdate'],
  })
  .transform(({ type, rollingUpdate: limits = rollingUpdate.parse({}) }) => ({ type, rollingUpdate: limits }));

function isZero(value: string | number | undefined): boolean {
  return value === 0 || value === '0%';
}

const selectorError = { error: 'must be among the labels of template.metadata', path: ['selector', 'matchLabels'] };

export const deployment = strict({
  ...envelope,
  spec: strict({
    replicas: count.default(1),
    selector,
    strategy: strategy.prefault({}),
    minReadySeconds: count.default(0),
    progressDeadlineSeconds: positive.default(600),
    revisionHistoryLimit: count.default(10),
    template: podTemplate,
  })
    .refine(selectsOwnPods, selectorError)
    .refine(({ minReadySeconds, progressDeadlineSeconds: most }) => minReadySeconds < most, {
      error: 'must be more than minReadySeconds',
      path: ['progressDeadlineSeconds'],
    })
    .superRefine(({ template }, context) => rejectUnknownVolume(context, template)),
});

const unread = z.record(z.string(), z.string());

const claim = strict({
  // A server reads neither of them, nor labels and annotations.
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: metadata.extend({ labels: unread.optional(), annotations: unread.optional() }),
  spec: strict({
    accessModes: z
      .array(z.enum(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']))
      .min(1, { error: 'must name a mode' }),
    storageClassName: z.union([z.literal(''), objectName], { error: 'must be "" or the name of a class' }).optional(),
    volumeMode: only('Filesystem'),
    resources: strict({ requests: strict({ storage: quantity }) }),
  }),
});

export const statefulSet = strict({
  ...envelope,
  metadata: envelope.metadata.extend({ name: dnsLabel }),
  spec: strict({
    serviceName: dnsLabel.optional(),
    replicas: count.default(1),
    selector,
    updateStrategy: strict({
      type: z.enum(['RollingUpdate', 'OnDelete']).default('RollingUpdate'),
      rollingUpdate: strict({ partition: only(0) }).optional(),
    }).optional(),
    persistentVolumeClaimRetentionPolicy: strict({
      whenDeleted: only('Retain'),
      whenScaled: only('Retain'),
    }).optional(),
    podManagementPolicy: z.enum(['OrderedReady', 'Parallel']).default('OrderedReady'),
    minReadySeconds: count.default(0),
    /** A server takes any number here. */
    revisionHistoryLimit: z.int32().default(10),
    template: podTemplate,
    volumeClaimTemplates: z.array(claim).default([]),
  })
    .refine(selectsOwnPods, selectorError)
    .superRefine(({ template, volumeClaimTemplates }, context) =>
      rejectUnknownVolume(
        context,
        template,
        volumeClaimTemplates.map((one) => one.metadata.name),
      ),
    ),
});
