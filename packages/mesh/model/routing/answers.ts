import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import { defined } from '../defined.ts';
import type { DirectResponse, Redirect } from './route.ts';

/** The ports that Istio leaves out, because the scheme implies them. Without a scheme, the port of http counts. */
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
