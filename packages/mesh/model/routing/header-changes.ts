import { isHostHeader } from '../../manifests/host-header.ts';
import type { HeaderChanges, Headers } from './route.ts';

/** No header is changed. */
export const UNCHANGED: Headers = {
  request: { set: {}, add: {}, remove: [] },
  response: { set: {}, add: {}, remove: [] },
};

/** The header changes without the Host header, which is rewritten instead (`authorityOf`). */
export function headerChanges(written: Headers | undefined): Headers {
  if (written === undefined) return UNCHANGED;
  return { request: withoutHost(written.request), response: withoutHost(written.response) };
}

/** The new host of a request, if Host is among the headers to set or to add. */
export function authorityOf(written: Headers | undefined): string | undefined {
  return hostIn(written?.request.set) ?? hostIn(written?.request.add);
}

function hostIn(changes: Record<string, string> = {}): string | undefined {
  return Object.entries(changes).find(([name]) => isHostHeader(name))?.[1];
}

function withoutHost({ set, add, remove }: HeaderChanges): HeaderChanges {
  return { set: dropHost(set), add: dropHost(add), remove: remove.filter((name) => !isHostHeader(name)) };
}

function dropHost(changes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !isHostHeader(name)));
}
