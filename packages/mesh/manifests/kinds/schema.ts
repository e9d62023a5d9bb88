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

/** A field that must be written; by the default sentence one that a cluster does without, and this mesh does not. */
export function needed<T extends z.ZodType>(schema: T, error = 'must be written (none is not modelled locally)') {
  return schema
    .optional()
    .refine((value) => value !== undefined, { error })
    .transform((value) => value as Exclude<typeof value, undefined>);
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

const INT32 = 2_147_483_647;

/** A number, or a percentage of the replicas. */
export const countOrPercent = z.union([z.int().min(0).max(INT32), z.string().regex(/^\d+%$/)], {
  error: 'must be a whole number or a percentage such as "25%"',
});

const atLeast = (minimum: number) => ({ error: `must be a whole number, ${minimum} or more` });

const atMost = { error: `must be a whole number, at most ${INT32}` };

/** A whole number in 64 bits, as a few times in seconds are. */
export const count64 = z.int(atLeast(0)).min(0, atLeast(0));
/** What Istio reads into 32 bits without a sign. */
export const uint32 = count64.max(4_294_967_295, { error: 'must be a whole number, at most 4294967295' });
/** Kubernetes and Istio read nearly all whole numbers into 32 bits. */
export const count = count64.max(INT32, atMost);
export const positive = z.int(atLeast(1)).min(1, atLeast(1)).max(INT32, atMost);

/** A count in which 0 stands for the default, like a field that is not written. */
export const countOr = (otherwise: number) => count.optional().transform((written) => written || otherwise);

/** A DNS label (RFC 1123), for names that become part of a host name or file name. */
export const dnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
  error: 'must be a name of lower case letters, digits and "-", at most 63 characters',
});

/** The same, not with a digit first (RFC 1035): Services have such names. */
export const serviceName = dnsLabel.regex(/^[a-z]/, { error: 'must begin with a letter' });

/** The name of an object: DNS labels with dots between them. */
export const objectName = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, {
    error: 'must be a name of lower case letters, digits, "-" and "."',
  });

export const NOT_TWICE = 'must not be that of another entry too';

/** A list whose entries must have different values in a field, such as the names of volumes. */
export function uniqueBy<T extends z.ZodType>(entry: T, field: string) {
  return z.array(entry).superRefine((list, context) => {
    const values = list.map((one) => (one === null || typeof one !== 'object' ? undefined : Reflect.get(one, field)));
    const seen = new Set<unknown>();
    const twice = values.findIndex((value) => value !== undefined && seen.size === seen.add(value).size);
    if (twice >= 0) context.addIssue({ code: 'custom', path: [twice, field], message: NOT_TWICE });
  });
}

export const strings = z.array(z.string());

const labelValue = z.string().regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, {
  error: 'must be a label value: letters, digits, "-", "_" and ".", at most 63 characters',
});

const QUALIFIED = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const NO_KEY = {
  error: 'is no name for a label or annotation: at most a domain, "/", letters, digits, "-", "_" and "."',
};

const labelKey = z.string().regex(QUALIFIED, NO_KEY);
/** Case does not count in it. */
const annotationKey = z.string().refine((key) => QUALIFIED.test(key.toLowerCase()), NO_KEY);

/** A name such as `http` or `example.org/own`, for what has no list of its own. */
export const qualifiedName = z.string().regex(QUALIFIED, {
  error: 'must be a name of letters, digits, "-", "_" and ".", after a domain and "/" if it has one',
});

export const labels = z.record(labelKey, labelValue);
/** The most that the values of a ConfigMap or Secret, and all annotations, may have, in bytes (Kubernetes, pkg/apis/core/validation). */
const MOST_DATA = 1024 * 1024;
const MOST_ANNOTATIONS = 256 * 1024;

const bytesOf = (texts: readonly string[], encoding: BufferEncoding = 'utf8') =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text, encoding), 0);

export const annotations = z
  .record(annotationKey, z.string())
  .refine((all) => bytesOf(Object.entries(all).flat()) <= MOST_ANNOTATIONS, {
    error: `must have at most ${MOST_ANNOTATIONS} bytes together`,
  });

/** Whether the values are together as small as an API server takes them. */
export const fitsData = (data: Record<string, string>, encoding?: BufferEncoding) =>
  bytesOf(Object.values(data), encoding) <= MOST_DATA;
export const TOO_LARGE = `must have at most ${MOST_DATA} bytes together`;

/** Keys of ConfigMaps and Secrets become file names. */
export const dataKey = z.string().regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/, {
  error: 'is no key: letters, digits, "-", "_" and "." only',
});

export const metadata = strict({
  name: objectName,
  namespace: dnsLabel.optional(),
  labels: labels.optional(),
  annotations: annotations.optional(),
});

/** The fields that every object has. */
export const envelope = { apiVersion: z.string(), kind: z.string(), metadata };
