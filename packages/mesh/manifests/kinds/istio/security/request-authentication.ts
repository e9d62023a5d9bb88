import { z } from 'zod';
import { envelope, needed, strict } from '../../schema.ts';
import { duration } from '../duration.ts';
import { jwks } from './jwks.ts';
import { selector } from '../shared.ts';

const text = z.string().min(1, { error: 'must not be empty' });

/** One issuer of tokens: where its tokens stand in a request, and what becomes of them. */
const jwtRule = strict({
  issuer: needed(text, 'must be written'),
  audiences: z.array(text).default([]),
  jwks: needed(jwks),
  fromHeaders: z.array(strict({ name: text, prefix: z.string().default('') })).default([]),
  fromParams: z.array(text).default([]),
  fromCookies: z.array(text).default([]),
  outputPayloadToHeader: z.string().default(''),
  forwardOriginalToken: z.boolean().default(false),
  outputClaimToHeaders: z
    .array(
      strict({
        header: z.string().regex(/^[-_A-Za-z0-9]+$/, { error: 'must be a name of letters, digits, "-" and "_"' }),
        claim: text,
      }),
    )
    .default([]),
  spaceDelimitedClaims: z.array(text).max(64, { error: 'must hold at most 64 claims' }).default([]),
  timeout: duration.optional(),
});

/** Whose tokens a workload takes, and how it checks them (istio.io, RequestAuthentication). It asks no request for a token. */
export const requestAuthentication = strict({
  ...envelope,
  spec: strict({ selector: selector.optional(), jwtRules: z.array(jwtRule).default([]) }).prefault({}),
});

export type JwtRule = z.output<typeof jwtRule>;
