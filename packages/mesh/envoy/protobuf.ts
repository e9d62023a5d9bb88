/** A protobuf Any in JSON: the URL of its type beside its fields. */
export interface TypedConfig {
  '@type': string;
  [field: string]: unknown;
}

/** An xDS resource that has a name: a listener, a cluster, a route configuration or a secret. */
export interface XdsResource extends TypedConfig {
  name: string;
}

/** A filter, a transport socket or a tracer: Envoy writes all its extensions in this form (TypedExtensionConfig). */
export interface Extension {
  name: string;
  typed_config: TypedConfig;
}

const NANOS = 1_000_000_000;

/**
 * Milliseconds as a google.protobuf.Duration in JSON: whole seconds, or with 3, 6 or 9 digits (`2s`, `0.800s`, `0.000100s`).
 * Source: protobuf.dev, ProtoJSON Format.
 */
export function seconds(milliseconds: number): string {
  const nanos = Math.round(milliseconds * 1_000_000);
  const digits = String(nanos % NANOS).padStart(9, '0');
  const fraction = digits.replace(/(000){1,3}$/, '');
  return `${Math.floor(nanos / NANOS)}${fraction === '' ? '' : `.${fraction}`}s`;
}

/**
 * A percentage (0–100) as an Envoy FractionalPercent in millionths; further digits are cut off, as in Istio. It is
 * always written: Envoy reads an absent percentage as 0 %. Source: istio.io/istio pilot/pkg/networking/core/route/route.go,
 * translatePercentToFractionalPercent.
 */
export function perMillion(percentage: number) {
  return { numerator: Math.trunc(percentage * 10_000), denominator: 'MILLION' };
}
