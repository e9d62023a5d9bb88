import { changesOf, proves } from '../proves.ts';
import { edit } from '../tree.ts';
import { everyProfileRenders } from './render.ts';
import { SKAFFOLD } from './skaffold.ts';

const DEV = 'k8s/overlays/dev/kustomization.yaml';
const changed = changesOf(SKAFFOLD);

proves(everyProfileRenders, [
  changed('k8s/overlays/local]', 'k8s/overlays/locale]', 'default does not render'),
  changed(
    / {4}- image: tuesday.local\/billing\n.*\n/,
    '',
    'default applies tuesday.local/billing, which it does not build',
  ),
  changed(
    'image: tuesday.local/billing',
    'image: tuesday.local/bills',
    'default builds tuesday.local/bills, which nothing',
  ),
  changed(
    'path: /spec/template/spec/containers/0/env/-',
    'path: /spec/template/spec/container/0/env/-',
    'dev does not',
    DEV,
  ),
  changed('op: replace', 'op: exchange', 'dev does not render', DEV),
  [
    'a Deployment of the base has another image',
    (tree) => edit(tree, 'k8s/base/billing/v2.yaml', ['tuesday.local/billing:dev', 'tuesday.local/invoices:dev']),
    'applies tuesday.local/invoices, which it does not build',
  ],
]);
