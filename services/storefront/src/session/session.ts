import { randomUUID } from 'node:crypto';
import { answer, type Handler, Problem } from '@tuesday/service';
import type { CookieOptions } from 'express';
import type { contract } from '../contract.ts';
import type { DemoCustomers } from './demo-customers.ts';
import { LIFETIME_SECONDS, type Tokens } from './tokens.ts';

/** The cookie's name, which the RequestAuthentication of istio/base names too. */
export const COOKIE = 'session';

/** Below /api only: the page itself, and /sign-out, can be had with any cookie, also one that the gateway refuses. */
const cookieOptions = ({ 'x-forwarded-proto': scheme }: { 'x-forwarded-proto'?: string | undefined }) =>
  ({ path: '/api', httpOnly: true, sameSite: 'lax', secure: scheme === 'https' }) satisfies CookieOptions;

/**
 * Gives a token to a demo customer who is named, otherwise to the customer of the token that the request has, otherwise to
 * a new one. Only a token that is valid here counts: what headers say of the customer is not believed.
 */
export function openSession(tokens: Tokens, demoCustomers: DemoCustomers): Handler<typeof contract.openSession> {
  return async function handleOpenSession({ headers, body }, res) {
    const customer = body?.customer ?? (await customerOf(headers.cookie)) ?? randomUUID();
    if (body && !demoCustomers.has(customer)) throw new Problem('unknown-customer', { detail: known(demoCustomers) });
    const token = await tokens.sign({ customer, roles: demoCustomers.get(customer) ?? [] });
    res.cookie(COOKIE, token, { ...cookieOptions(headers), maxAge: LIFETIME_SECONDS * 1_000 });
    res.set('Cache-Control', 'no-store');
    answer(res, 201, { customer, token, expiresIn: LIFETIME_SECONDS, demoCustomers: [...demoCustomers.keys()] });
  };

  async function customerOf(cookies = ''): Promise<string | undefined> {
    const token = new RegExp(`(?:^|; *)${COOKIE}=([^;]*)`).exec(cookies)?.[1];
    return token === undefined ? undefined : tokens.customerOf(token);
  }
}

function known(demoCustomers: DemoCustomers): string {
  if (demoCustomers.size === 0)
    return 'This shop has no demo customers. Leave the body out, and you are a new customer.';
  return `The demo customers are ${[...demoCustomers.keys()].join(', ')}.`;
}

/** Ends the session of a browser: the cookie is gone, and the next session is that of a new customer. */
export const signOut: Handler<typeof contract.signOut> = function handleSignOut({ headers }, res) {
  res.clearCookie(COOKIE, cookieOptions(headers));
  answer(res, 200, {});
};
