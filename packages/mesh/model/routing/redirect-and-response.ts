import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import { defined } from '../defined.ts';
import type { DirectResponse, Redirect } from './route.ts';

/** The default port of a scheme, which Istio leaves out. Without a scheme it is http's. */
const DEFAULT_PORTS = { http: 80, https: 443 };

export function toRedirect(written: NonNullable<HttpRoute['redirect']>): Redirect {
  const { uri, authority, scheme, port, redirectCode = 301 } = written;
  const explicitPort = port === DEFAULT_PORTS[scheme ?? 'http'] ? undefined : port;
  return {
    kind: 'redirect',
    code: redirectCode,
    ...defined({ uri: uri || undefined, authority: authority || undefined, scheme, port: explicitPort }),
  };
}

export function toResponse({ status, body }: NonNullable<HttpRoute['directResponse']>): DirectResponse {
  return { kind: 'respond', status, ...(body && { body: body.string }) };
}
