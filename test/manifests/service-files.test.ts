import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from './tree.ts';

/** What every service consists of, in the order in which it is read; v1.ts and v2.ts where k8s/ runs two versions. */
const FILES = ['main', 'app', 'routes', 'contract', 'config'];
const VERSIONS = ['v1', 'v2'];

/** A service as it is on disk: the files of its src/, its main.ts, and whether k8s/base has a v1.yaml and v2.yaml for it. */
interface Source {
  name: string;
  files: string[];
  main: string;
  versioned: boolean;
}

function read(name: string): Source {
  const files = readdirSync(join(ROOT, 'services', name, 'src'));
  const main = files.includes('main.ts') ? readFileSync(join(ROOT, 'services', name, 'src/main.ts'), 'utf8') : '';
  const manifests = readdirSync(join(ROOT, 'k8s/base', name));
  return { name, files, main, versioned: VERSIONS.every((version) => manifests.includes(`${version}.yaml`)) };
}

/** main.ts is a contents page, the same in every service but for the name. */
function mainOf(name: string): string {
  const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const create = `create${camel[0]!.toUpperCase()}${camel.slice(1)}`;
  return `import { runMain } from '@tuesday/service';
import { ${create} } from './app.ts';
import { readConfig } from './config.ts';

runMain(async function ${camel}() {
  await ${create}(readConfig(process.env)).start();
});
`;
}

/** One sentence for each thing in which a service differs from the others. */
function faultsOf({ name, files, main, versioned }: Source): string[] {
  const missing = [...FILES, ...(versioned ? VERSIONS : [])].filter((file) => !files.includes(`${file}.ts`));
  const unused = VERSIONS.filter((file) => !versioned && files.includes(`${file}.ts`));
  return [
    ...missing.map((file) => `services/${name}/src has no ${file}.ts`),
    ...unused.map((file) => `services/${name}/src/${file}.ts: k8s/base/${name} does not run ${file}`),
    ...(main === mainOf(name) ? [] : [`services/${name}/src/main.ts is not the main.ts of every service`]),
  ];
}

const names = readdirSync(join(ROOT, 'services'));

test.each(names)('When services/%s is read, then it has the files of every service', (name) => {
  expect(faultsOf(read(name))).toEqual([]);
});

test.each<[string, Partial<Source>, string]>([
  ['a file is missing', { files: ['main.ts', 'app.ts', 'routes.ts', 'contract.ts', 'v1.ts', 'v2.ts'] }, 'no config.ts'],
  ['a version is missing', { files: [...FILES, 'v1'].map((file) => `${file}.ts`) }, 'has no v2.ts'],
  ['a version is not run', { versioned: false }, 'v2.ts: k8s/base/billing does not run v2'],
  ['main.ts does the work itself', { main: `${mainOf('billing')}startLoop();\n` }, 'is not the main.ts'],
])('When %s, then it is noticed', (_what, change, fault) => {
  expect(faultsOf({ ...read('billing'), ...change })).toContainEqual(expect.stringContaining(fault));
});
