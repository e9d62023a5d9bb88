import { asKind, selectorOf } from '../../manifests/kinds/typed.ts';
import type { MeshConfig, TracingProvider } from '../../manifests/mesh-config.ts';
import type { Resource } from '../../manifests/resource.ts';
import { because, BY_DEFAULT, type Because } from '../because.ts';
import type { Inventory } from '../inventory.ts';
import { selectsAll, type Pod } from '../../manifests/labels.ts';

/** The tracing of a workload's proxy. */
export interface Tracing {
  /** Undefined without any Telemetry: requests are sampled, but no spans are sent. */
  provider: TracingProvider | undefined;
  /** 0–100. */
  samplingPercentage: number;
  because: Because;
}

/** Istio's PILOT_TRACE_SAMPLING. */
const DEFAULT_PERCENTAGE = 1;

/**
 * The tracing of a pod's proxy: the Telemetry of its own namespace overrides the root namespace's, and those that select
 * the pod override both. Undefined if they disable tracing, or name no provider, or one whose Service does not exist.
 * Source: istio/istio, pilot/pkg/model/telemetry.go.
 */
export function tracingOf(
  { namespace, labels }: Pod,
  all: Inventory,
  { config, exists }: { config: MeshConfig; exists(fqdn: string): boolean },
): Tracing | undefined {
  const { rootNamespace, providers } = config;
  const own = all.applyingTo('Telemetry', { namespace, labels });
  const levels = [
    all.applyingTo('Telemetry', { namespace: rootNamespace, labels: {} })[0],
    namespace === rootNamespace ? undefined : own.find(appliesToAll),
    ...own.filter((one) => !appliesToAll(one)),
  ].filter((one) => one !== undefined);
  const written = levels.flatMap(entries);
  if (written.length === 0) {
    return { provider: undefined, samplingPercentage: DEFAULT_PERCENTAGE, because: BY_DEFAULT };
  }
  const merged = written.reduce(mergeEntries);
  const provider = providers.find(({ name }) => name === merged.provider);
  if (merged.disabled === true || provider === undefined || !exists(provider.fqdn)) return undefined;
  return { provider, samplingPercentage: merged.percentage ?? DEFAULT_PERCENTAGE, because: merged.because };
}

/** One entry of `tracing`; a field that is not written is undefined. */
interface Entry {
  provider: string | undefined;
  disabled: boolean | undefined;
  percentage: number | undefined;
  because: Tracing['because'];
}

function entries(resource: Resource): Entry[] {
  return asKind(resource, 'Telemetry').spec.tracing.map((one, index) => ({
    provider: one.providers[0]?.name,
    disabled: one.disableSpanReporting,
    percentage: one.randomSamplingPercentage,
    because: because(resource, ['spec', 'tracing', index]),
  }));
}

function mergeEntries(above: Entry, below: Entry): Entry {
  return {
    provider: below.provider ?? above.provider,
    disabled: below.disabled ?? above.disabled,
    percentage: below.percentage ?? above.percentage,
    because: below.because,
  };
}

function appliesToAll(telemetry: Resource): boolean {
  return selectsAll(selectorOf(telemetry, 'Telemetry'));
}
