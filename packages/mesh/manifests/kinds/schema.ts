import { z } from 'zod';
import { closestName } from '../closest-name.ts';

/**
 * An object that accepts only the listed fields. Kubernetes has more. A field that is not listed is an error: it is
 * misspelt, or it would have no effect here.
 */
export function strict<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? didYouMean(issue.keys[0], Object.keys(shape)) : undefined),
  });
}

/** The end of a sentence: ` Did you mean "subset"?`, or '' if no known name is similar. */
export function didYouMean(written: string | undefined, known: readonly string[]): string {
  const name = written === undefined ? undefined : closestName(written, known);
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}

/** A check that an object has exactly one of these fields, such as the source of a volume or the handler of a probe. */
export function exactlyOne(...fields: string[]) {
  return (value: object): boolean => fields.filter((field) => Reflect.get(value, field) !== undefined).length === 1;
}

/** A field whose only modelled value is the default that an API server writes into it. */
export function only<T extends string | number | boolean>(value: T) {
  return z.literal(value, { error: `must be ${value} (other values are not modelled locally)` }).optional();
}

const portRange = { error: 'must be a port from 1 to 65535' };

export const portNumber = z.int(portRange).min(1, portRange).max(65535, portRange);

/** The name of a port (IANA service name, at most 15 characters). */
export const portName = z.string().regex(/^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/, {
  error: 'must be a port name: lower case letters, digits and "-", at most 15 characters',
});

export const portReference = z.union([portNumber, portName], { error: 'must be a port number or the name of a port' });

/** A number, or a percentage of the replicas. */
export const countOrPercent = z.union([z.int().min(0), z.string().regex(/^\d+%$/)], {
  error: 'must be a whole number or a percentage such as "25%"',
});

const atLeast = (minimum: number) => ({ error: `must be a whole number, ${minimum} or more` });

export const count = z.int(atLeast(0)).min(0, atLeast(0));
/** A count that Istio reads into 32 bits. */
export const int32 = count.max(2_147_483_647, { error: 'must be a whole number, at most 2147483647' });
export const positive = z.int(atLeast(1)).min(1, atLeast(1));

/** A DNS label (RFC 1123), for names that become part of a host name or file name. */
export const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
  error: 'must be a name of lower case letters, digits and "-", at most 63 characters',
});

export const NOT_TWICE = 'must not be that of another entry too';

/** A list whose entries must have different values in a field, such as the names of volumes. */
export function uniqueBy<T extends z.ZodType>(entry: T, field: string) {
  return z.array(entry).superRefine((list, context) => {
    const values = list.map((one) => (one === null || typeof one !== 'object' ? undefined : Reflect.get(one, field)));
    const twice = values.findIndex((value, index) => value !== undefined && values.indexOf(value) < index);
    if (twice >= 0) context.addIssue({ code: 'custom', path: [twice, field], message: NOT_TWICE });
  });
}

export const strings = z.array(z.string());

const labelValue = z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, {
  error: 'must be a label value: letters, digits, "-", "_" and ".", at most 63 characters',
});

const labelKey = z
  .string()
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, {
    error: 'is no name for a label or annotation: at most a domain, "/", letters, digits, "-", "_" and "."',
  });

export const labels = z.record(labelKey, labelValue);
/** The most that the values of a ConfigMap or Secret, and all annotations, may have, in bytes (Kubernetes, pkg/apis/core/validation). */
const MOST_DATA = 1024 * 1024;
const MOST_ANNOTATIONS = 256 * 1024;

const bytesOf = (texts: readonly string[], encoding: BufferEncoding = 'utf8') =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text, encoding), 0);

export const annotations = z
  .record(labelKey, z.string())
  .refine((all) => bytesOf(Object.entries(all).flat()) <= MOST_ANNOTATIONS, {
    error: `must have at most ${MOST_ANNOTATIONS} bytes together`,
  });

/** Whether the values are together as small as an API server takes them. */
export const fitsData = (data: Record<string, string>, encoding?: BufferEncoding) =>
  bytesOf(Object.values(data), encoding) <= MOST_DATA;
export const TOO_LARGE = `must have at most ${MOST_DATA} bytes together`;

/** Keys of ConfigMaps and Secrets become file names. */
export const dataKey = z.string().regex(/^[-._a-zA-Z0-9]+$/, {
  error: 'is no key: letters, digits, "-", "_" and "." only',
});

export const metadata = strict({
  name: z.string().regex(/^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, {
    error: 'must be a name of lower case letters, digits, "-" and "."',
  }),
  namespace: dnsLabel.optional(),
  labels: labels.optional(),
  annotations: annotations.optional(),
});

/** The fields that every object has. */
export const envelope = { apiVersion: z.string(), kind: z.string(), metadata };
