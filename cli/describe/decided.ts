import type { Because } from '../../packages/mesh/model/because.ts';
import { fromHere } from '../manifests.ts';

/** `PeerAuthentication shop/default (istio/base/strict-mtls.yaml:3)`; a default stands nowhere. */
export function decidedBy({ object, file, line }: Because): string {
  return file === '' ? object : `${object} (${fromHere(file, process.cwd())}:${line})`;
}
