/** A percentage (0–100) as Envoy's fraction of a million, cut as Istio cuts it. Always written out: Envoy takes an absent one for none at all. */
export function perMillion(percentage: number) {
  return { numerator: Math.trunc(percentage * 10_000), denominator: 'MILLION' };
}
