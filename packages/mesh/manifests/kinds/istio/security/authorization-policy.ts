import { z } from 'zod';
import { envelope, strict } from '../../schema.ts';
import { operation } from './operation.ts';
import { selector } from '../shared.ts';
import { source } from './source.ts';
import { condition } from './condition.ts';

const notEmpty = { error: 'must have an entry where it is written (an empty list is not modelled locally)' };

/** A rule matches if from, to and when match; one entry of from and one of to is enough. An empty rule matches every request. */
const rule = strict({
  from: z.array(strict({ source })).min(1, notEmpty).default([]),
  to: z.array(strict({ operation })).min(1, notEmpty).default([]),
  when: z.array(condition).default([]),
});

const action = z
  .enum(['ALLOW', 'DENY'], { error: 'must be ALLOW or DENY (CUSTOM and AUDIT are not modelled locally)' })
  .default('ALLOW');

/** Which callers may send which requests (istio.io, AuthorizationPolicy). An ALLOW policy without rules allows nothing. */
export const authorizationPolicy = strict({
  ...envelope,
  spec: strict({ selector: selector.optional(), action, rules: z.array(rule).default([]) })
    .refine((spec) => spec.action !== 'DENY' || spec.rules.length > 0, {
      error: 'must name a rule when action is DENY: without one nothing is ever denied (a rule {} denies everything)',
      path: ['rules'],
    })
    .prefault({}),
});

export type AuthorizationPolicy = z.output<typeof authorizationPolicy>;
