import { z } from 'zod';
import { envelope, strict } from '../schema.ts';
import { operation } from './operation.ts';
import { selector } from './shared.ts';
import { source } from './source.ts';
import { condition } from './condition.ts';

const written = { error: 'must have an entry where it is written' };

/** All of from, to and when must hold; one entry of each is enough. An empty rule holds for everything. */
const rule = strict({
  from: z.array(strict({ source })).min(1, written).default([]),
  to: z.array(strict({ operation })).min(1, written).default([]),
  when: z.array(condition).default([]),
});

const action = z
  .enum(['ALLOW', 'DENY'], { error: 'must be ALLOW or DENY (CUSTOM and AUDIT are not modelled locally)' })
  .default('ALLOW');

/** Who may call whom (istio.io, AuthorizationPolicy). An ALLOW without rules allows nothing. */
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
