import { imagesKnowEveryWorkspace, listsNameEveryService } from './lists.ts';
import { changesOf, proves } from './proves.ts';
import type { Mutant } from './proves.ts';

const changed = changesOf('Dockerfile');

const LISTS = [
  'Dockerfile',
  'docker-bake.hcl',
  'docker-compose.yml',
  'skaffold.yaml',
  'k8s/base/kustomization.yaml',
  'k8s/overlays/production/kustomization.yaml',
  'istio/base/kustomization.yaml',
];

proves(listsNameEveryService, [
  ...LISTS.map((file): Mutant => [
    `the code has one more service than ${file}`,
    (tree) => ({ ...tree, services: [...tree.services, 'nowhere'] }),
    `${file} does not name the service nowhere`,
  ]),
  ...LISTS.map((file): Mutant => [
    `the code has one service less than ${file}`,
    (tree) => ({ ...tree, services: tree.services.filter((name) => name !== 'billing') }),
    `${file} names billing, and there is no services/billing`,
  ]),
  changed('"billing", ', '', 'docker-bake.hcl does not name the service billing', 'docker-bake.hcl'),
  changed('"billing", ', '"billing", "nowhere", ', 'docker-bake.hcl names nowhere', 'docker-bake.hcl'),
]);

proves(imagesKnowEveryWorkspace, [
  changed(/^COPY services\/billing.*\n/m, '', 'the Dockerfile does not copy services/billing/package.json'),
  changed(/^COPY packages\/traces.*\n/m, '', 'the Dockerfile does not copy packages/traces/package.json'),
  changed(/^COPY (cli)(.*) cli/m, 'COPY lib$2 lib', 'the Dockerfile copies lib, which is no workspace'),
]);
