/** A file that breaks one rule. */
export interface Broken {
  rule: string;
  file: string;
  text: string;
  /** Part of the message that says what to do instead; '' where oxlint's own will do. */
  says: string;
}

/** A file with one import. */
const uses = (from: string) => `import { a } from '${from}';\nexport const b = a;\n`;
const usesType = (from: string) => `import type { A } from '${from}';\nexport type B = A;\n`;
const lines = (count: number) => `${'// a line\n'.repeat(count - 1)}export const a = 1;\n`;
const imports = (file: string, from: string, says: string): Broken => ({
  rule: 'imports',
  file,
  text: uses(from),
  says,
});
const broken = (rule: string, file: string, text: string): Broken => ({ rule, file, text, says: '' });
const names = (count: number) => Array.from({ length: count }, (_, index) => `a${String(index).padStart(2, '0')}`);

const MESH_ORDER = 'may import only the rooms before it in manifests → model → explain, envoy → control';

export const FORBIDDEN: Broken[] = [
  imports('services/checkout/src/a.ts', '../../billing/src/charge.ts', 'call it over HTTP'),
  imports('services/checkout/src/b.ts', '@tuesday/billing/src/charge.ts', 'call it over HTTP'),
  imports('services/checkout/src/c.ts', '../../billing/src/contract.ts', 'Write `import type`'),
  imports('services/checkout/src/gifts.ts', '../../gifts', 'call it over HTTP'),
  imports('services/checkout/src/gift.ts', '@tuesday/gifts', 'call it over HTTP'),
  imports('services/checkout/src/d.ts', '../../../places/local/ports.ts', 'may not import places/local'),
  imports('services/checkout/src/e.ts', '../../../packages/traces/store.ts', 'may not import packages/traces'),
  imports('services/checkout/src/f.ts', '../../../packages/service/src/log.ts', "by its doors, '@tuesday/service'"),
  imports('services/checkout/src/g.ts', '../../../test/support/shop.ts', 'Only tests may use test/'),
  imports('services/checkout/src/h.ts', './testing/bench.ts', 'Only tests may use test/ and testing/'),
  imports('services/gifts/src/a.ts', '@tuesday/mesh/model', 'may not import packages/mesh'),
  imports('services/gifts/src/b.ts', '@tuesday/statistics', 'may not import packages/statistics'),
  imports(
    'packages/service/src/a.ts',
    '../../../services/billing/src/contract.ts',
    'packages/service may not import a service',
  ),
  imports('packages/service/src/b.ts', '@tuesday/mesh/model', 'Packages do not use each other'),
  imports('packages/mesh/gifts.ts', '@tuesday/gifts', 'packages/mesh may not import a service'),
  imports('packages/mesh/places.ts', '@tuesday/places/place.ts', 'packages/mesh may not use places'),
  imports('packages/traces/a.ts', '../../packages/mesh/control/store.ts', 'Packages do not use each other'),
  imports('packages/mesh/manifests/a.ts', '../control/store.ts', `packages/mesh/manifests ${MESH_ORDER}`),
  imports('packages/mesh/manifests/kinds/b.ts', '../../model/mesh.ts', `packages/mesh/manifests ${MESH_ORDER}`),
  imports('packages/mesh/manifests/c.ts', '@tuesday/mesh/model', `packages/mesh/manifests ${MESH_ORDER}`),
  imports('packages/mesh/model/a.ts', '../envoy/listener.ts', `packages/mesh/model ${MESH_ORDER}`),
  imports('packages/mesh/envoy/a.ts', '../control/push.ts', `packages/mesh/envoy ${MESH_ORDER}`),
  imports('packages/mesh/envoy/b.ts', '../explain/describe.ts', `packages/mesh/envoy ${MESH_ORDER}`),
  imports('packages/mesh/explain/a.ts', '../envoy/listener.ts', `packages/mesh/explain ${MESH_ORDER}`),
  imports('packages/mesh/model/index-of-all.ts', '../all.ts', `packages/mesh/model ${MESH_ORDER}`),
  imports('packages/mesh/xds/a.ts', '../model/mesh.ts', 'packages/mesh/xds has no place in the order of imports'),
  imports('packages/mesh/control/a.ts', '../../../places/local/pods.ts', 'packages/mesh may not use places/local'),
  imports('places/local/a.ts', '../../cli/print.ts', 'places/local may not use cli'),
  imports('places/local/b.ts', '@tuesday/billing', 'places/local may not import a service'),
  imports('places/local/c.ts', '../../packages/mesh/model/mesh.ts', "by its doors, '@tuesday/mesh/manifests'"),
  imports('places/local/d.ts', '@tuesday/mesh/model/mesh.ts', "by its doors, '@tuesday/mesh/manifests'"),
  imports('places/local/e.test.ts', '../../packages/mesh/model/mesh.ts', "by its doors, '@tuesday/mesh/manifests'"),
  imports('places/cluster/a.ts', '../local/ports.ts', 'One place does not use another'),
  imports('places/cluster/b.ts', '../../packages/traces/store.ts', 'packages/traces has no doors'),
  imports('workshop/class/a.ts', '../../cli/print.ts', 'workshop may not use cli'),
  imports('workshop/class/b.ts', '@tuesday/gifts', 'workshop may not import a service'),
  imports('experiments/runner/a.ts', '../../workshop/doctor/check.ts', 'experiments may not use workshop'),
  imports('cli/a.ts', '@tuesday/service', 'plumbing of the services'),
  imports('cli/b.ts', '../test/support/shop.ts', 'Only tests may use test/'),
  imports('cli/gifts.ts', '../services/gifts/src/contract.ts', 'cli may not import a service'),
  imports('setup/a.mjs', '../cli/print.ts', 'setup may not use cli'),
  imports('lib/a.ts', '../cli/print.ts', 'lib/ has no place in the order of imports'),
  imports('cli/lib.ts', '../lib/b.ts', 'lib/ has no place in the order of imports'),
  { ...imports('packages/mesh/model/type.ts', '', MESH_ORDER), text: usesType('../envoy/listener.ts') },
  { ...imports('packages/mesh/model/again.ts', '', MESH_ORDER), text: "export { a } from '../envoy/listener.ts';\n" },
  { ...imports('packages/mesh/model/all.ts', '', MESH_ORDER), text: "export * from '../envoy/listener.ts';\n" },
  { ...imports('packages/mesh/model/late.ts', '', MESH_ORDER), text: "export const a = import('../envoy/a.ts');\n" },
  { ...imports('packages/mesh/model/in.ts', '', MESH_ORDER), text: "export type A = import('../envoy/a.ts').A;\n" },
  { rule: 'folder-size', file: 'cli/wide/a00.ts', text: lines(1), says: 'cli/wide/ holds 21 source files' },
  { rule: 'max-lines', file: 'cli/long.ts', text: lines(201), says: '200' },
  {
    rule: 'max-params',
    file: 'cli/many.ts',
    text: 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];\n',
    says: '3',
  },
  broken('no-process-env', 'places/local/env.ts', 'export const a = process.env;\n'),
  broken('no-console', 'services/billing/src/loud.ts', "console.log('a');\n"),
  broken('no-explicit-any', 'places/local/any.ts', 'export const a: any = 1;\n'),
  broken(
    'no-import-type-side-effects',
    'places/local/type.ts',
    "import { type A } from './ok.ts';\nexport type B = A;\n",
  ),
  {
    rule: 'no-restricted-imports',
    file: 'packages/traces/http.ts',
    text: "import { get } from 'node:http';\nexport const a = get;\n",
    says: "process.getBuiltinModule('node:http')",
  },
  {
    rule: 'no-restricted-imports',
    file: 'packages/service/src/undici.ts',
    text: "import { Pool } from 'undici';\nexport const a = Pool;\n",
    says: 'Require the files that are needed',
  },
  {
    rule: 'no-restricted-properties',
    file: 'places/local/signal.test.ts',
    text: "process.kill(0, 'SIGKILL');\n",
    says: 'setup/processes/signal.mjs',
  },
  broken('no-cycle', 'places/local/one.ts', "import { b } from './two.ts';\nexport const a = () => b;\n"),
  broken('no-cycle', 'places/local/three.ts', usesType('./four.ts')),
];

/** What keeps to the rules. */
export const ALLOWED: [string, string][] = [
  ['services/checkout/src/ok.ts', usesType('../../billing/src/contract.ts')],
  ['services/checkout/src/plumbing.ts', uses('@tuesday/service')],
  ['services/checkout/src/ok.test.ts', uses('./testing/bench.ts')],
  ['services/storefront/page/view/ok.ts', uses('../checkout/a.ts')],
  ['services/storefront/page/view/range.ts', uses('@tuesday/statistics')],
  ['packages/mesh/model/ok.ts', uses('../manifests/resource.ts')],
  ['packages/mesh/control/ok.ts', uses('../envoy/listener.ts')],
  ['packages/mesh/all.ts', uses('./control/store.ts')],
  ['places/place.ts', uses('./compose/place.ts')],
  ['places/compose/place.ts', uses('@tuesday/mesh/manifests')],
  ['places/compose/ok.ts', uses('../answer.ts')],
  ['places/compose/start.ts', uses('../../setup/allocator.mjs')],
  ['places/local/ok.test.ts', uses('../../test/support/shop.ts')],
  ['places/local/mesh.test.ts', uses('../../packages/mesh/model/testing/small-mesh.ts')],
  ['places/local/ok.ts', 'export const a = 1;\nexport type A = 1;\n'],
  ['packages/traces/ok.ts', "import type { Server } from 'node:http';\nexport type A = Server;\n"],
  ['cli/ok.ts', uses('../places/local/ok.ts')],
  ['cli/labs.ts', uses('../workshop/doctor/check.ts')],
  ['cli/full.ts', lines(200)],
  ['cli/full/a00.ts', lines(1)],
  ['cli/loud.ts', "console.log('a');\n"],
  ['experiments/runner/ok.ts', uses('../../places/place.ts')],
  ['services/billing/src/config.ts', 'export const a = process.env;\n'],
  ['test/e2e/ok.test.ts', uses('../../services/billing/src/charge.ts')],
  ['jest.config.ts', uses('./test/support/shop.ts')],
];

const workspace = (folder: string, exports?: object): [string, string] => [
  `${folder}/package.json`,
  JSON.stringify({ name: `@tuesday/${folder.split('/').at(-1)}`, exports }),
];

/** What the files above need beside them. */
export const BESIDE: [string, string][] = [
  ['places/local/two.ts', uses('./one.ts')],
  ['places/local/four.ts', usesType('./three.ts')],
  ...names(21).map((name): [string, string] => [`cli/wide/${name}.ts`, lines(1)]),
  ...names(20).map((name): [string, string] => [`cli/full/${name}.ts`, lines(1)]),
  ...names(20).map((name): [string, string] => [`cli/full/${name}.test.ts`, lines(1)]),
  ...names(21).map((name): [string, string] => [`cli/full/testing/${name}.ts`, lines(1)]),
  ['package.json', JSON.stringify({ workspaces: ['packages/*', 'services/*', 'places', 'cli'] })],
  workspace('services/billing'),
  workspace('services/checkout'),
  workspace('services/gifts'),
  workspace('places'),
  workspace('cli'),
  workspace('packages/mesh', { './manifests': './manifests/index.ts', './model': './model/index.ts' }),
  workspace('packages/service', { '.': './src/index.ts' }),
  workspace('packages/statistics', { '.': './index.ts' }),
  workspace('packages/traces'),
];
