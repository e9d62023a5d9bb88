import { z } from 'zod';
import { exactlyOne, strict } from '../schema.ts';
import { re2Fault } from './re2.ts';

/** How a value is compared. A regex is RE2's, and must match the whole value. */
export type StringMatch = { exact: string } | { prefix: string } | { regex: string };

const KINDS = ['exact', 'prefix', 'regex'] as const;

const regex = z.string().superRefine((text, context) => {
  const fault = re2Fault(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

const written = {
  exact: z.string().optional(),
  prefix: z.string().min(1, { error: 'must not be empty' }).optional(),
  regex: regex.optional(),
};

/** One of exact, prefix and regex. */
export const stringMatch = strict(written)
  .refine(exactlyOne(...KINDS), { error: 'must have one of exact, prefix and regex' })
  .transform(toStringMatch);

/** Of a path; Envoy takes an empty prefix there, which is that of every path. */
export const pathMatch = strict({ ...written, prefix: z.string().optional() })
  .refine(exactlyOne(...KINDS), { error: 'must have one of exact, prefix and regex' })
  .transform(toStringMatch);

/** Of a header or query parameter, by its name; undefined (written `{}`): it must be there, whatever it says. */
export const namedMatch = strict(written).refine(oneOrNone, atMostOne()).transform(toOptionalStringMatch);

/** The same for what must not match; Istio writes "whatever it says" as the regex `*` here, which is none of RE2's. */
export const namedAbsence = strict({ ...written, regex: z.union([z.literal('*'), regex]).optional() })
  .refine(oneOrNone, atMostOne())
  .transform((match) => (match.regex === '*' ? undefined : toOptionalStringMatch(match)));

type Written = { [K in (typeof KINDS)[number]]?: string | undefined };

function atMostOne() {
  return { error: 'must have one of exact, prefix and regex only' };
}

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
