import type { Forward, Match, StringMatch } from '../model/routing/route.ts';

/** The match of a route: `POST /api/* x-release: next`; '' if it matches every request. */
export function matchText({ uri, method, authority, headers, withoutHeaders, queryParams }: Match): string {
  const parts = [
    method && valueText(method),
    uri && valueText(uri),
    authority && `host ${valueText(authority)}`,
    ...headers.map(([name, value]) => named(name, ': ', value)),
    ...withoutHeaders.map(([name, value]) => `not ${named(name, ': ', value)}`),
    ...queryParams.map(([name, value]) => named(name, '=', value)),
  ];
  return parts.filter(Boolean).join(' ');
}

function named(name: string, between: string, value: StringMatch | undefined): string {
  return value === undefined ? name : `${name}${between}${valueText(value)}`;
}

function valueText(value: StringMatch): string {
  if ('exact' in value) return value.exact;
  return 'prefix' in value ? `${value.prefix}*` : `/${value.regex}/`;
}

/** The settings of a route: `timeout 800 ms, 2 retries of 250 ms`; Istio's defaults are left out. */
export function settingsText({ timeoutMs, retries, fault, rewrite }: Forward): string {
  const parts = [
    timeoutMs ? `timeout ${timeoutMs} ms` : '',
    retries ? retriesText(retries) : '',
    rewrite?.uri === undefined ? '' : `path becomes ${rewrite.uri}`,
    fault?.delay ? `fault: ${fault.delay.milliseconds} ms later for ${fault.delay.percentage ?? 0} %` : '',
    fault?.abort ? `fault: ${fault.abort.httpStatus} for ${fault.abort.percentage ?? 0} %` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function retriesText({ attempts, perTryTimeout }: NonNullable<Forward['retries']>): string {
  if (attempts === 0) return 'no retries';
  const each = perTryTimeout === undefined ? '' : ` of ${perTryTimeout} ms`;
  return `${attempts} ${attempts === 1 ? 'retry' : 'retries'}${each}`;
}
