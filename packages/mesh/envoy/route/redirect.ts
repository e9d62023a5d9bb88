import type { DirectResponse, Redirect } from '../../model/routing/route.ts';

const CODES: Record<number, string> = {
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
};

/** Sends the caller elsewhere; 301 is Envoy's default, and an empty path leaves the path as it was. */
export function redirectAction({ scheme, authority, port, uri, code }: Redirect): object {
  const response_code = CODES[code];
  return {
    ...(scheme !== undefined && { scheme_redirect: scheme }),
    ...(authority !== undefined && { host_redirect: authority }),
    ...(port !== undefined && { port_redirect: port }),
    path_redirect: uri ?? '',
    ...(response_code !== undefined && { response_code }),
  };
}

/** Answers in the callee's place. */
export function directResponse({ status, body }: DirectResponse): object {
  return { status, ...(body !== undefined && { body: { inline_string: body } }) };
}
