import { changesOf, proves } from '../proves.ts';
import {
  devSyncsEverySource,
  everyServiceIsBuilt,
  onlyTheGatewayIsForwarded,
  overlaysExist,
  schemaAcceptsSkaffold,
  SKAFFOLD,
} from './skaffold.ts';
import { remove } from '../tree.ts';

const changed = changesOf(SKAFFOLD);

proves(schemaAcceptsSkaffold, [
  changed('artifacts:', 'artefacts:', '/build must NOT have additional properties'),
  changed('v4beta14', 'v4beta13', 'apiVersion is skaffold/v4beta13'),
  changed('localPort: 8080', 'localPort: web', '/portForward/0/localPort must be integer'),
  changed('activation: [{ command: dev }]', 'activation: dev', '/profiles/0/activation must be array'),
]);

proves(everyServiceIsBuilt, [
  changed(/ {4}- image: tuesday.local\/billing\n.*\n/, '', 'default does not build billing'),
  changed(/ {8}- image: tuesday.local\/billing\n.*\n.*\n/, '', 'dev does not build billing'),
  changed('image: tuesday.local/billing', 'image: tuesday.local/bills', 'no Deployment runs tuesday.local/bills'),
  changed('SERVICE: billing', 'SERVICE: checkout', 'default puts another service into tuesday.local/billing'),
  changed('dockerfile: Dockerfile', 'dockerfile: Containerfile', 'is not built by the one Dockerfile'),
  changed(/^ARG SERVICE$/gm, 'ARG NAME', 'the Dockerfile has no ARG SERVICE', 'Dockerfile'),
  [
    'the code has one more service',
    (tree) => ({ ...tree, services: [...tree.services, 'nowhere'] }),
    'default does not build nowhere',
  ],
]);

proves(overlaysExist, [
  changed('k8s/overlays/local]', 'k8s/overlays/locale]', 'k8s/overlays/locale is not a kustomization'),
  changed(/ {2}kustomize: .*\n/, '  rawYaml: [k8s]\n', 'default applies nothing'),
  ['an overlay is missing', (tree) => remove(tree, 'k8s/overlays/dev/kustomization.yaml'), 'k8s/overlays/dev is not'],
]);

proves(onlyTheGatewayIsForwarded, [
  changed('resourceName: gateway', 'resourceName: checkout', 'checkout is forwarded past its sidecar'),
  changed('resourceType: service', 'resourceType: pod', 'gateway is forwarded past its sidecar'),
  changed('port: 80,', 'port: 8080,', 'there is no gateway.shop:8080'),
  changed('namespace: shop', 'namespace: default', 'there is no gateway.default:80'),
  changed(/ {2}- \{ resourceType.*\n/, '$&$&', 'forwards 2 ports, not one'),
]);

proves(devSyncsEverySource, [
  changed('command: dev', 'command: run', 'skaffold dev uses no profile'),
  changed('k8s/overlays/dev', 'k8s/overlays/local', 'dev is not overlays/dev'),
  changed('services/billing/src/**/*.ts', 'services/billing/src/v*.ts', 'of tuesday.local/billing is not synced'),
  changed('dest: /app', 'dest: /srv', 'tuesday.local/storefront has its sources elsewhere'),
  changed(', OWNER: "1000"', '', 'user 1000 may not write the sources of tuesday.local/storefront'),
  changed('USER 1000', 'USER 1001', 'user 1001 may not write the sources of tuesday.local/billing', 'Dockerfile'),
  changed('SERVICE: checkout }', 'SERVICE: checkout, OWNER: "1000" }', 'default makes image sources writable'),
]);
