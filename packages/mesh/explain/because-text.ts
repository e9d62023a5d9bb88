import type { Because } from '../model/because.ts';

/** `PeerAuthentication shop/default (istio/base/strict-mtls.yaml:3)`; a default of Istio has no file. */
export function becauseText({ object, file, line }: Because): string {
  return file === '' ? object : `${object} (${file}:${line})`;
}
