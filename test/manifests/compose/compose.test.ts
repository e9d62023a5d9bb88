import { COMPOSE } from './compose.ts';
import { GATEWAY, gatewayRoutesAreTheSame } from './gateway.ts';
import {
  bakeBuildsForBothProcessors,
  composeIsShortAndSaysNoMesh,
  containersHaveTheSameLimits,
  databasesAreTheSame,
  mountedFilesExist,
  readinessIsAwaited,
} from './keeping.ts';
import { environmentsAreTheSame, everyWorkloadRuns, imagesAreTheSame, namesLeadToTheSame } from './services.ts';
import { changesOf, proves } from '../proves.ts';
import { add, textOf } from '../tree.ts';

const changed = changesOf(COMPOSE);

proves(everyWorkloadRuns, [
  changed(/^ {2}billing-v2:$/m, '  billing-v3:', 'does not run billing-v2'),
  changed(/^ {2}billing-v2:$/m, '  billing-v3:', 'k8s/ has no workload billing-v3'),
  changed('name: checkout-v2', 'name: checkout-v3', 'does not run checkout-v3', 'k8s/base/checkout/v2.yaml'),
]);

proves(imagesAreTheSame, [
  changed(
    'image: tuesday.local/billing:dev',
    'image: tuesday.local/billing:v1',
    'billing-v1 runs tuesday.local/billing:v1',
  ),
  changed('postgres:18-bookworm', 'postgres:17-bookworm', 'postgres runs docker.io/library/postgres:17-bookworm'),
  changed('jaeger:2.13.0', 'jaeger:2.14.0', 'jaeger runs', 'k8s/addons/jaeger/jaeger.yaml'),
  changed('envoyproxy/envoy:v1.40.0', 'envoyproxy/envoy:latest', 'gateway runs'),
  changed('SERVICE: checkout }', 'SERVICE: billing }', 'checkout-v1 is built from billing'),
  changed('max_traces=5000', 'max_traces=9000', 'jaeger is not started with'),
  changed('enable_tracing=false', 'enable_tracing=true', 'jaeger is not started with'),
]);

proves(environmentsAreTheSame, [
  changed(
    'SERVICE_VERSION: v2, POD_NAME: checkout-v2',
    'SERVICE_VERSION: v1, POD_NAME: checkout-v2',
    'has SERVICE_VERSION=v1',
  ),
  changed('POD_NAME: storefront', 'POD_NAME: shopfront', 'storefront has POD_NAME=shopfront'),
  changed('OTEL_BSP_SCHEDULE_DELAY: 200', 'OTEL_BSP_SCHEDULE_DELAY: 5000', 'has OTEL_BSP_SCHEDULE_DELAY=5000'),
  changed('PORT: 80 ', 'PORT: 8080 ', 'has PORT=8080'),
  changed(/^data:$/m, 'data:\n  LOG_LEVEL: debug', 'has LOG_LEVEL=, and k8s/ has debug', 'k8s/base/tracing.yaml'),
  changed(
    'billing:billing@',
    'billing:other@',
    'k8s/ has postgres://billing:other@',
    'k8s/overlays/local/demo/billing-database.yaml',
  ),
  changed('PGDATA: /var/lib/postgresql/18/docker', 'PGDATA: /var/lib/postgresql/data', 'postgres has PGDATA='),
]);

proves(namesLeadToTheSame, [
  changed(
    'aliases: [recommendations] }',
    'aliases: [suggestions] }',
    'recommendations-v1 does not answer to recommendations',
  ),
  changed(
    'jaeger-collector.istio-system] }',
    'jaeger-collector] }',
    'jaeger does not answer to jaeger-collector.istio-system',
  ),
  changed('port: 5432,', 'port: 5433,', 'does not listen on postgres:5433', 'k8s/base/postgres/service.yaml'),
  changed('PORT: 80 ', 'PORT: 8080 ', 'billing-v1 does not listen on billing:80'),
]);

proves(containersHaveTheSameLimits, [
  changed('read_only: true', 'read_only: false', 'billing-v1 may write to its root'),
  changed('cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'jaeger has capabilities'),
  changed('no-new-privileges:true', 'no-new-privileges:false', 'postgres may gain privileges'),
  changed('mem_limit: 192m', 'mem_limit: 1g', 'checkout-v1 may use 1g of memory, and k8s/ says 192m'),
  changed('user: 999:999', 'user: 0:0', 'postgres runs as 0:0, not 999:999'),
  changed('stop_grace_period: 30s', 'stop_grace_period: 1s', 'has another grace period'),
  changed(/ {4}tmpfs: .*\n/, '', 'postgres has no /var/run/postgresql'),
]);

proves(readinessIsAwaited, [
  changed('GET /readyz', 'GET /healthz', 'storefront is not probed by "GET /readyz"'),
  changed('[CMD, pg_isready, -q, -h, 127.0.0.1]', '[CMD, pg_isready]', 'postgres is not probed by'),
  changed(
    /^( {6}checkout-v2: \{ condition: )service_healthy/m,
    '$1service_started',
    'gateway does not wait for checkout-v2',
  ),
  changed('{ postgres: { condition: service_healthy } }', '{}', 'billing-v1 does not wait for postgres'),
]);

proves(composeIsShortAndSaysNoMesh, [
  changed('without a mesh', 'in a mesh', 'does not say first'),
  [
    'it has become long',
    (tree) => add(tree, COMPOSE, textOf(tree, COMPOSE) + '# more\n'.repeat(99)),
    'lines, more than',
  ],
]);

proves(databasesAreTheSame, [
  changed(
    "password 'billing'",
    "password 'secret'",
    'places/compose/databases.sql does not create',
    'places/compose/databases.sql',
  ),
  changed('create role checkout', 'create role shop', 'does not create', 'k8s/overlays/local/demo/postgres-init.yaml'),
]);

proves(mountedFilesExist, [
  changed(
    './places/compose/databases.sql',
    './compose/databases.sql',
    'postgres mounts ./compose/databases.sql, which',
  ),
  changed('./places/compose/gateway.yaml', './compose/gateway.yaml', 'gateway mounts ./compose/gateway.yaml, which'),
]);

proves(bakeBuildsForBothProcessors, [changed(', "linux/arm64"', '', 'leaves linux/arm64 out', 'docker-bake.hcl')]);

const SHOP = 'istio/base/shop.yaml';

proves(gatewayRoutesAreTheSame, [
  changed('release=next', 'release=new', 'route 3 is', GATEWAY),
  changed('exact: next', 'exact: new', 'route 2 is', SHOP),
  changed('prefix_rewrite: /,', 'prefix_rewrite: /api/,', 'route 2 is', GATEWAY),
  changed('timeout: 2s', 'timeout: 3s', 'route 0 is', SHOP),
  changed('num_retries: 2', 'num_retries: 3', 'route 5 is', GATEWAY),
  changed('gateway-error', '5xx', 'route 1 is', GATEWAY),
  changed('cluster: checkout-v1', 'cluster: checkout-v2', 'route 4 is', GATEWAY),
  changed(/ {24}- name: trace-api[^]*?(?= {24}- name: page)/, '', 'has 9 routes, not 10', GATEWAY),
]);
