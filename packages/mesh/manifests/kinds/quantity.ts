import { z } from 'zod';

/** Source: Kubernetes, apimachinery/pkg/api/resource, Quantity: a number with a decimal or binary suffix, or with an exponent. */
const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Kubernetes' quantities: 20m, 96Mi, 1Gi, 0.5, 2, 1e3. */
export const quantity = z
  .union([z.number(), z.string()])
  .refine((written) => quantityValue(written) >= 0, { error: 'must be a quantity such as 20m or 96Mi' });

/** The number that a quantity stands for (cores, bytes); NaN for any other text. */
export function quantityValue(written: string | number): number {
  const [, number, suffix = '', exponent] = QUANTITY.exec(String(written)) ?? [];
  if (number === undefined) return Number.NaN;
  if (exponent !== undefined) return Number(number) * 10 ** Number(exponent);
  const binary = BINARY.indexOf(suffix);
  return Number(number) * (binary > 0 ? 1024 ** binary : 10 ** (3 * (DECIMAL.indexOf(suffix) - 3)));
}
