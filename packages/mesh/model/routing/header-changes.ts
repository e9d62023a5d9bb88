import { isHost } from '../../manifests/host-header.ts';
import type { Headers as Written } from '../../manifests/kinds/istio/headers.ts';
import type { HeaderChanges, Headers } from './route.ts';

/** No header is changed. */
export const UNCHANGED: Headers = {
  request: { set: {}, add: {}, remove: [] },
  response: { set: {}, add: {}, remove: [] },
};

/** Header changes as written, without the host, which is rewritten instead (`authorityOf`). */
export function headerChanges(written: Written | undefined): Headers {
  if (written === undefined) return UNCHANGED;
  return { request: withoutHost(written.request), response: withoutHost(written.response) };
}

/** The host that a request gets, where it is among the headers to set or, else, to add. */
export function authorityOf(written: Written | undefined): string | undefined {
  return hostIn(written?.request.set) ?? hostIn(written?.request.add);
}

function hostIn(changes: Record<string, string> = {}): string | undefined {
  return Object.entries(changes).find(([name]) => isHost(name))?.[1];
}

function withoutHost({ set, add, remove }: HeaderChanges): HeaderChanges {
  return { set: visible(set), add: visible(add), remove: remove.filter((name) => !isHost(name)) };
}

function visible(changes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !isHost(name)));
}
