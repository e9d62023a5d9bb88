import { z } from 'zod';
import { singleSuccessProbe, probe } from './probe.ts';
import { quantity, quantityValue } from './quantity.ts';
import {
  count,
  count64,
  dataKey,
  dnsLabel,
  exactlyOne,
  objectName,
  portName,
  portNumber,
  strict,
  strings,
  uniqueBy,
} from './schema.ts';

/** The pod fields that an environment variable can refer to (Kubernetes, downward API). */
const FIELD_PATH =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['([^']+)'\]|spec\.(nodeName|serviceAccountName)|status\.(podIP|hostIP))$/;

const keyRef = strict({ name: objectName, key: dataKey, optional: z.boolean().default(false) });
const nameRef = strict({ name: objectName, optional: z.boolean().default(false) });

const valueFrom = strict({
  fieldRef: strict({
    apiVersion: z.literal('v1').optional(),
    fieldPath: z.string().regex(FIELD_PATH, {
      error:
        "is unknown or not modelled locally; known are metadata.name, metadata.namespace, metadata.labels['…'] and their like",
    }),
  }).optional(),
  configMapKeyRef: keyRef.optional(),
  secretKeyRef: keyRef.optional(),
}).refine(exactlyOne('fieldRef', 'configMapKeyRef', 'secretKeyRef'), {
  error: 'must have one of fieldRef, configMapKeyRef and secretKeyRef',
});

const variable = strict({
  name: z.string().regex(/^[ -<>-~]+$/, { error: 'must be the name of an environment variable' }),
  value: z.string().optional(),
  valueFrom: valueFrom.optional(),
}).refine((entry) => entry.value === undefined || entry.valueFrom === undefined, {
  error: 'must have value or valueFrom, not both',
});

const envFrom = strict({
  prefix: z.string().default(''),
  configMapRef: nameRef.optional(),
  secretRef: nameRef.optional(),
}).refine(exactlyOne('configMapRef', 'secretRef'), { error: 'must have one of configMapRef and secretRef' });

const amounts = strict({
  cpu: quantity.optional(),
  memory: quantity.optional(),
  'ephemeral-storage': quantity.optional(),
});

type Amounts = z.output<typeof amounts>;

/** Source: Kubernetes, pkg/apis/core/validation, ValidateContainerResourceRequirements. */
const resources = strict({ requests: amounts.optional(), limits: amounts.optional() }).superRefine(
  ({ requests = {}, limits = {} }, context) => {
    for (const [name, request] of Object.entries(requests)) {
      const limit = limits[name as keyof Amounts];
      if (request === undefined || limit === undefined || quantityValue(request) <= quantityValue(limit)) continue;
      const message = `must be at most ${limit}, its limit`;
      context.addIssue({ code: 'custom', path: ['requests', name], message });
    }
  },
);

export const seccompProfile = strict({ type: z.enum(['RuntimeDefault', 'Unconfined', 'Localhost']) });

const securityContext = strict({
  allowPrivilegeEscalation: z.boolean().optional(),
  capabilities: strict({ add: strings.optional(), drop: strings.optional() }).optional(),
  privileged: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: count.optional(),
  runAsGroup: count.optional(),
  seccompProfile: seccompProfile.optional(),
}).refine(({ privileged, allowPrivilegeEscalation }) => !(privileged && allowPrivilegeEscalation === false), {
  error: 'must not be true beside allowPrivilegeEscalation: false',
  path: ['privileged'],
});

export const container = strict({
  name: dnsLabel,
  image: z.string().min(1),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: strings.optional(),
  args: strings.optional(),
  workingDir: z.string().optional(),
  ports: uniqueBy(
    strict({
      name: portName.optional(),
      containerPort: portNumber,
      protocol: z.literal('TCP', { error: 'must be TCP (other protocols are not modelled locally)' }).default('TCP'),
    }),
    'name',
  ).default([]),
  env: z.array(variable).default([]),
  envFrom: z.array(envFrom).default([]),
  resources: resources.optional(),
  volumeMounts: uniqueBy(
    strict({
      name: z.string(),
      mountPath: z.string(),
      subPath: z.string().optional(),
      readOnly: z.boolean().default(false),
    }),
    'mountPath',
  ).default([]),
  startupProbe: singleSuccessProbe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: singleSuccessProbe.optional(),
  terminationMessagePath: z.string().optional(),
  terminationMessagePolicy: z.enum(['File', 'FallbackToLogsOnError']).optional(),
  lifecycle: strict({ preStop: strict({ sleep: strict({ seconds: count64.default(0) }) }).optional() }).optional(),
  securityContext: securityContext.optional(),
});

export type Container = z.output<typeof container>;
export type EnvVar = z.output<typeof variable>;
