import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import { defined } from '../defined.ts';
import type { DirectResponse, Redirect } from './route.ts';

/** Istio leaves a port out that the scheme has anyway; without a scheme that of a plain request counts. */
const USUAL = { http: 80, https: 443 };

export function toRedirect(written: NonNullable<HttpRoute['redirect']>): Redirect {
  const { uri, authority, scheme, port, redirectCode = 301 } = written;
  const unusual = port === USUAL[scheme ?? 'http'] ? undefined : port;
  return {
    kind: 'redirect',
    code: redirectCode,
    ...defined({ uri: uri || undefined, authority: authority || undefined, scheme, port: unusual }),
  };
}

export function toResponse({ status, body }: NonNullable<HttpRoute['directResponse']>): DirectResponse {
  return { kind: 'respond', status, ...(body && { body: body.string }) };
}
