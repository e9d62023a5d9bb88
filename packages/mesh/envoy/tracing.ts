import type { TracingProvider } from '../manifests/mesh-config.ts';
import type { Workload } from '../model/workloads/workload.ts';
import { canonicalName, canonicalRevision, outboundName, proxyCluster } from './names.ts';
import type { Extension } from './protobuf.ts';

const TRACE = 'type.googleapis.com/envoy.config.trace.v3';

/**
 * The tracing of an HTTP connection manager; undefined where it is switched off.
 * Source: istio.io/istio pilot/pkg/networking/core/tracing.go, configureTracing.
 */
export function tracing(workload: Workload, trustDomain: string): object | undefined {
  if (workload.tracing === undefined) return undefined;
  const { provider, samplingPercentage } = workload.tracing;
  return {
    client_sampling: { value: 100 },
    random_sampling: samplingPercentage === 0 ? {} : { value: samplingPercentage },
    overall_sampling: { value: 100 },
    custom_tags: [...DRY_RUN, ...workloadTags(workload, trustDomain)],
    ...(provider && { provider: tracer(provider, workload) }),
    ...(provider && workload.proxy === 'gateway' && { spawn_upstream_span: true }),
  };
}

function tracer(provider: TracingProvider, workload: Workload): Extension {
  const cluster = outboundName({ ...provider, subset: '' });
  if (provider.kind === 'opentelemetry') {
    const typed_config = {
      '@type': `${TRACE}.OpenTelemetryConfig`,
      grpc_service: { envoy_grpc: { cluster_name: cluster, authority: provider.fqdn } },
      service_name: proxyCluster(workload),
    };
    return { name: 'envoy.tracers.opentelemetry', typed_config };
  }
  const typed_config = {
    '@type': `${TRACE}.ZipkinConfig`,
    trace_id_128bit: true,
    shared_span_context: false,
    collector_endpoint_version: 'HTTP_JSON',
    ...(provider.context !== 'USE_B3' && { trace_context_option: provider.context }),
    collector_service: { http_uri: { uri: `http://${provider.fqdn}/api/v2/spans`, cluster, timeout: '5s' } },
  };
  return { name: 'envoy.tracers.zipkin', typed_config };
}

// Policies with dry-run are not modelled: these tags stay empty, as in Istio without such a policy.
const DRY_RUN = ['allow', 'deny'].flatMap((action) => [
  dryRunTag(`${action}_policy.name`, `${action}_shadow_effective_policy_id`),
  dryRunTag(`${action}_policy.result`, `${action}_shadow_engine_result`),
]);

function dryRunTag(tag: string, key: string) {
  const path = [{ key: `istio_dry_run_${key}` }];
  return {
    tag: `istio.authorization.dry_run.${tag}`,
    metadata: { kind: { request: {} }, metadata_key: { key: 'envoy.filters.http.rbac', path } },
  };
}

function workloadTags(workload: Workload, trustDomain: string): object[] {
  const tags = {
    canonical_revision: canonicalRevision(workload),
    canonical_service: canonicalName(workload),
    cluster_id: 'Kubernetes',
    mesh_id: trustDomain,
    namespace: workload.namespace,
  };
  return Object.entries(tags).map(([name, value]) => ({ tag: `istio.${name}`, literal: { value } }));
}
