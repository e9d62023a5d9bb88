import { describe, expect, test } from '@jest/globals';
import { bootstrap } from './bootstrap.ts';
import { certificateSecret, rootSecret } from './tls.ts';
import { ADS, XDS } from './xds-source.ts';

const made = bootstrap({
  id: 'sidecar~127.0.0.1~hats-0.shop~shop.svc.cluster.local',
  cluster: 'hats.shop',
  adminSocket: '/run/admin.sock',
  xdsSocket: '/run/xds.sock',
});

describe('bootstrap', () => {
  test('When an Envoy starts, then it has its identity, and gets the rest from the control plane', () => {
    expect(made).toMatchObject({
      node: { id: 'sidecar~127.0.0.1~hats-0.shop~shop.svc.cluster.local', cluster: 'hats.shop' },
      dynamic_resources: { lds_config: XDS, cds_config: XDS, ads_config: { api_type: 'DELTA_GRPC' } },
      static_resources: {
        clusters: [
          {
            name: ADS.grpc_services[0].envoy_grpc.cluster_name,
            load_assignment: {
              endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path: '/run/xds.sock' } } } }] }],
            },
          },
        ],
      },
    });
  });

  test('When another user connects to the admin interface, then only its own user can: it is a socket, not a port', () => {
    expect(made).toMatchObject({ admin: { address: { pipe: { path: '/run/admin.sock', mode: 384 } } } });
    expect(JSON.stringify(made)).not.toContain('port_value');
  });

  test('When statistics are labelled, then the label is the full name of the cluster', () => {
    const { stats_config } = made as { stats_config: { stats_tags: { tag_name: string; regex: string }[] } };
    const tag = stats_config.stats_tags.find(({ tag_name }) => tag_name === 'cluster_name');
    const name = 'cluster.outbound|80|v1|hats.shop.svc.cluster.local;.upstream_rq_total';
    const [, cut, label] = new RegExp(tag?.regex ?? 'none').exec(name) ?? [];
    expect([name.replace(cut ?? '', ''), label]).toEqual([
      'cluster.upstream_rq_total',
      'outbound|80|v1|hats.shop.svc.cluster.local',
    ]);
  });
});

describe('XDS', () => {
  test('When the control plane was away, then Envoy is back within a second', () => {
    const [{ envoy_grpc }] = ADS.grpc_services;
    expect(envoy_grpc.retry_policy.retry_back_off).toEqual({ base_interval: '0.1s', max_interval: '1s' });
  });

  test('When there is no answer, then no listener opens without its routes and certificates', () => {
    expect(XDS.initial_fetch_timeout).toBe('0s');
  });
});

describe('Secrets', () => {
  test('When a certificate is sent, then it and its key are in one secret, with Istio’s name', () => {
    expect(certificateSecret({ chain: 'CHAIN', key: 'KEY' })).toMatchObject({
      name: 'default',
      tls_certificate: { certificate_chain: { inline_string: 'CHAIN' }, private_key: { inline_string: 'KEY' } },
    });
    expect(rootSecret('ROOT')).toMatchObject({
      name: 'ROOTCA',
      validation_context: { trusted_ca: { inline_string: 'ROOT' } },
    });
  });
});
