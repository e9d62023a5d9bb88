import type { Summary } from '@tuesday/mesh/explain';
import { percent } from './numbers.ts';

/** `mTLS STRICT · recommendations 90 % v1, 10 % v2 · checkout v2 for x-release: next`. */
export function meshLine({ mtls, splits, headers }: Summary): string {
  const parts = [
    mtlsPart(mtls),
    ...splits.map(({ service, shares }) => `${service} ${sharesText(shares)}`),
    ...headers.map(({ service, subset, header, value }) => `${service} ${subset} for ${header}: ${value}`),
  ];
  return parts.join(' · ');
}

/** The mode of most ports; ports with another mode are named, because they are easily overlooked. */
function mtlsPart([most, ...others]: Summary['mtls']): string {
  if (most === undefined) return 'mTLS nowhere: no sidecar';
  return [`mTLS ${most.mode}`, ...others.map(({ mode, ports }) => `${mode} at ${ports.join(', ')}`)].join(', ');
}

function sharesText(shares: Record<string, number>): string {
  return Object.entries(shares)
    .map(([version, share]) => `${percent(share, true)} ${version}`)
    .join(', ');
}
