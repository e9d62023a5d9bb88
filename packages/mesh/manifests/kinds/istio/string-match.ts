import { z } from 'zod';
import { exactlyOne, strict } from '../schema.ts';
import { re2Error } from './re2.ts';

/** How a value is compared. A regex is in RE2 syntax and must match the whole value. */
export type StringMatch = { exact: string } | { prefix: string } | { regex: string };

const KINDS = ['exact', 'prefix', 'regex'] as const;

const regex = z.string().superRefine((text, context) => {
  const fault = re2Error(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

const fields = {
  exact: z.string().optional(),
  prefix: z.string().min(1, { error: 'must not be empty' }).optional(),
  regex: regex.optional(),
};

const one = { error: 'must have one of exact, prefix and regex (several are not modelled locally)' };
const atMostOne = one;

/** One of exact, prefix and regex. */
export const stringMatch = strict(fields)
  .refine(exactlyOne(...KINDS), one)
  .transform(toStringMatch);

/** The same for a path, where the prefix may be empty: it matches every path. */
export const pathMatch = strict({ ...fields, prefix: z.string().optional() })
  .refine(exactlyOne(...KINDS), one)
  .transform(toStringMatch);

/** The match of a header. Undefined (written `{}`): the header must be present, with any value. */
export const optionalMatch = strict(fields).refine(oneOrNone, atMostOne).transform(toOptionalStringMatch);

/** The match of a header that must be absent. The regex `*`, which is not valid in RE2, means any value. */
export const optionalMatchOrStar = strict({ ...fields, regex: z.union([z.literal('*'), regex]).optional() })
  .refine(oneOrNone, atMostOne)
  .transform((match) => (match.regex === '*' ? undefined : toOptionalStringMatch(match)));

type Written = { [K in (typeof KINDS)[number]]?: string | undefined };

function oneOrNone(match: Written): boolean {
  return KINDS.filter((kind) => match[kind] !== undefined).length <= 1;
}

function toOptionalStringMatch(match: Written): StringMatch | undefined {
  return Object.keys(match).length === 0 ? undefined : toStringMatch(match);
}

function toStringMatch({ exact, prefix, regex: pattern }: Written): StringMatch {
  if (exact !== undefined) return { exact };
  return prefix === undefined ? { regex: pattern ?? '' } : { prefix };
}
